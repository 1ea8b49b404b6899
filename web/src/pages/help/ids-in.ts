const most = 20;
/** Between two characters of an id: a line that mail programs have broken, with its quote marks. */
const broken = '(?:=?\\r?\\n[>\\t ]*)?';
const written = new RegExp(`(?<![0-9a-z])req(?:[_-]|%5f)((?:[0-9a-z]${broken}){27}[0-9a-z])(?![0-9a-z])`, 'gi');

/** Every request id in a text, each once, in the form that addresses have. Whether one is mistyped the API tells. Pure. */
export function requestIdsIn(text: string): readonly string[] {
  const found = [...text.matchAll(written)].map(
    ([, body = '']) => `req_${body.replace(/[^0-9a-z]/gi, '').toUpperCase()}`,
  );
  return [...new Set(found)].slice(0, most);
}
