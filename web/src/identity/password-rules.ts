/** As the API has it (`src/identity/password-rules.ts`), which knows the common passwords besides. */
export const passwordLength = { min: 12, max: 128 } as const;

/** What a password must not be made of. */
export interface PasswordOwner {
  readonly email: string;
  readonly name: string;
  readonly siteName: string;
}

/** Which rules a password keeps, as far as a browser can tell. Pure. */
export function passwordStanding(password: string, owner: PasswordOwner): { length: boolean; own: boolean } {
  const length = [...password].length;
  return { length: length >= passwordLength.min && length <= passwordLength.max, own: !isOwn(password, owner) };
}

/** Whether hardly anything is left of it without the person's address and name and the site's name. */
function isOwn(password: string, { email, name, siteName }: PasswordOwner): boolean {
  const plain = password.normalize('NFKC').toLowerCase();
  const [local = '', domain = ''] = email.toLowerCase().split('@');
  const parts = [email, local, domain, domain.split('.')[0] ?? '', name, ...name.split(/\s+/), siteName]
    .map((part) => part.toLowerCase().trim())
    .filter((part) => part.length >= 4);
  const rest = parts.reduce((text, part) => text.replaceAll(part, ' '), plain);
  return rest !== plain && rest.replace(/[^\p{L}]+/gu, '').length < 6;
}
