import { commonPasswords } from './common-passwords.ts';

/** NIST SP 800-63B: length is what counts, composition rules make passwords worse. */
export const passwordLength = { min: 12, max: 128 } as const;

/** What a password must not be made of: the person's own address and name, the site's name. */
export interface PasswordOwner {
  readonly email: string;
  readonly name: string;
  readonly siteName: string;
}

/**
 * Why a password is refused, in words that complete a field's error; null when it is good. A password is common when
 * nothing is left of it without the words of the list, digits and signs, or when it repeats one short piece.
 */
export function passwordProblem(password: string, owner: PasswordOwner): string | null {
  const length = [...password].length;
  if (length < passwordLength.min) return `must have at least ${passwordLength.min} characters`;
  if (password.length > passwordLength.max) return `must have at most ${passwordLength.max} characters`;
  const plain = password.normalize('NFKC').toLowerCase();
  if (isOwn(plain, owner)) return 'must not be made of your address, your name or the name of this site';
  if (isCommon(plain)) return 'is one that many people use, and is tried first; choose several unrelated words';
  return null;
}

function isOwn(plain: string, { email, name, siteName }: PasswordOwner): boolean {
  const [local = '', domain = ''] = email.toLowerCase().split('@');
  const parts = [email, local, domain, domain.split('.')[0] ?? '', name, ...name.split(/\s+/), siteName]
    .map((part) => part.toLowerCase().trim())
    .filter((part) => part.length >= 4);
  if (parts.length === 0 || !parts.some((part) => plain.includes(part))) return false;
  return essence(without(plain, parts)).length < 6;
}

function isCommon(plain: string): boolean {
  if (commonPasswords.has(plain)) return true;
  if (/^(.{1,4})\1+.{0,3}$/su.test(plain)) return true;
  if (isRun(plain)) return true;
  const words = [plain, unleet(plain)].map((text) => without(text, stemsByLength));
  return words.some((rest) => essence(rest).length < 3);
}

/** The longest go first: "password" must not leave "word" of "passwordpass". */
const stemsByLength: readonly string[] = [...commonPasswords]
  .filter((stem) => stem.length >= 4)
  .sort((a, b) => b.length - a.length);

function without(text: string, parts: readonly string[]): string {
  let rest = text;
  for (const part of parts) if (rest.includes(part)) rest = rest.split(part).join(' ');
  return rest;
}

/** What is left when digits, signs and spaces count for nothing. */
function essence(text: string): string {
  return text.replace(/[^\p{L}]+/gu, '');
}

function unleet(text: string): string {
  const letters: Readonly<Record<string, string>> = {
    '0': 'o',
    '1': 'i',
    '3': 'e',
    '4': 'a',
    '5': 's',
    '@': 'a',
    $: 's',
  };
  return text.replace(/[01345@$]/g, (sign) => letters[sign] ?? sign);
}

/** `abcdefghijkl`, `9876543210987`: every character is the neighbour of the one before. */
function isRun(text: string): boolean {
  let steps = 0;
  for (let i = 1; i < text.length; i++) {
    if (Math.abs(text.charCodeAt(i) - text.charCodeAt(i - 1)) === 1) steps++;
  }
  return steps >= text.length - 2;
}
