/** "Ada King Lovelace" → AL, "ada@example.com" → A, "王小明" → 王. */
export function initials(name: string): string {
  const words = name
    .replace(/@.*$/, '')
    .split(/[\s._-]+/)
    .filter(Boolean);
  const [first = '', last = ''] = [words[0], words.length > 1 ? words.at(-1) : ''];
  const letters = [first, last].map((word) => [...(word ?? '')][0] ?? '');
  return /\p{Script=Han}/u.test(first) ? (letters[0] ?? '') : letters.join('').toUpperCase();
}
