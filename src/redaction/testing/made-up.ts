/**
 * Made-up secrets out of templates: `{40}` is forty letters and digits, `{h32}` hexadecimal ones, `{d10}` digits, `{u16}`
 * capitals and digits, `{l20}` small letters. The same template always gives the same text, so that no file holds one.
 */
const letters: Readonly<Record<string, string>> = {
  '': 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789',
  h: '0123456789abcdef',
  d: '0123456789',
  u: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567',
  l: 'abcdefghijklmnopqrstuvwxyz',
};

export function madeUp(template: string): string {
  let state = 7;
  for (const character of template) state = (state * 31 + character.charCodeAt(0)) >>> 0;
  return template.replaceAll(/\{([hdul]?)(\d+)\}/g, (_, alphabet: string, count: string) => {
    const from = letters[alphabet] ?? '';
    let text = '';
    for (let i = 0; i < Number(count); i++) {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      // The first three of each kind, so that no text lacks one.
      text += alphabet === '' && i < 3 ? 'aZ7'.charAt(i) : from.charAt((state >>> 16) % from.length);
    }
    return text;
  });
}
