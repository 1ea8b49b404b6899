import type { Spot } from './kinds.ts';
import { tokenAt, type Value, valueAt } from './label-values.ts';
import { type Label, labelAt, labelLength } from './labels.ts';
import type { View } from './view.ts';

/** Letters on which labels end: all other signs are passed by one look. */
const lastLetters = new Set('desnytghaьド호码碼令钥鑰牌');

/** Values of which only the words before them tell that they are secret: headers, variables, JSON, YAML, parameters. */
export function findLabelled(view: View): Spot[] {
  return [...behindSigns(view), ...behindWords(view), ...bearers(view), ...userAndPassword(view)];
}

function behindSigns({ text, lower }: View): Spot[] {
  const spots: Spot[] = [];
  const sign = /[:=>]/g;
  for (let match = sign.exec(lower); match !== null; match = sign.exec(lower)) {
    const at = match.index;
    const end = labelEnd(lower, at);
    if (end === 0 || !lastLetters.has(lower.charAt(end - 1))) continue;
    const from = Math.max(0, end - labelLength);
    const label = labelAt(text.slice(from, end), lower.slice(from, end));
    if (label === null || (match[0] === '>' && !/<[\w:.-]*$/.test(lower.slice(from, end)))) continue;
    const value = valueAt(text, lower, behindSign(lower, at), label, match[0] !== ':');
    if (value === null) continue;
    spots.push(spotOf(value, label));
    sign.lastIndex = Math.max(value.end, at + 1);
  }
  return spots;
}

/** Before spaces, quotes and brackets: `headers["Authorization"] = `. */
function labelEnd(lower: string, sign: number): number {
  let end = sign;
  for (const most = sign - 5; end > 0 && end > most && ' "\'`])?'.includes(lower.charAt(end - 1)); ) end -= 1;
  return end;
}

function behindSign(lower: string, at: number): number {
  const next = lower.charAt(at + 1);
  return next === '=' || next === '>' ? at + 2 : at + 1;
}

const password: Label = { kind: 'password', issuer: null, value: 'password', strong: true };

/** `my password is …`, `密码是…`, `--api-key …`. */
function behindWords({ text, lower }: View): Spot[] {
  const spots: Spot[] = [];
  const spoken =
    /(?:(password|passphrase|passcode|pwd|密码|密碼|口令)|(api key|secret key|access key|token|secret|密钥|令牌))(?: is| was|是|为)[ :]{0,2}["'`]?|(password|passphrase|密码|密碼|口令) {1,2}["'`]|(密码|密碼|口令) {1,2}(?=[!-~]{5})|(api key|secret key|access key|密钥) {1,2}["'`]?|(?<=\s)--[a-z-]{0,24}(?:(password|passwd)|(api-?key|token|secret))[ \n]["']?/g;
  for (const match of lower.matchAll(spoken)) {
    const start = match.index + match[0].length;
    const isPassword = [match[1], match[3], match[4], match[6]].some((word) => word !== undefined);
    const isOption = match[0].startsWith('-');
    const word = (match[2] ?? match[5] ?? match[7] ?? 'password').replace('-', ' ');
    const label = labelAt(word, word) ?? password;
    const value = isPassword ? valueAt(text, lower, start, password, isOption) : tokenAt(text, start, true);
    // In a sentence only what no word looks like, or one word in quotes.
    const isQuoted = /["'`]$/.test(match[0]) && !/\s/.test(value?.secret ?? '');
    if (value === null || !(isOption || isQuoted || /[\d!@#$%^&*]/.test(value.secret))) continue;
    spots.push(spotOf(value, label));
  }
  return spots;
}

/** `Bearer …` where no label stands before it. */
function bearers({ text, lower }: View): Spot[] {
  const spots: Spot[] = [];
  for (const match of lower.matchAll(/(?<![a-z])bearer[ \n]/g)) {
    const value = tokenAt(text, match.index + match[0].length, false);
    if (value !== null)
      spots.push(spotOf(value, { kind: 'authorization', issuer: null, value: 'token', strong: false }));
  }
  return spots;
}

/** `curl -u name:password`. Numbers on both sides are user and group. */
function userAndPassword({ text }: View): Spot[] {
  const spots: Spot[] = [];
  const option = /(?<=\s)(?:-u|--user|--proxy-user)[ =]?["']?([^\s:"'\ue000]{1,100}):([^\s"'\ue000]{3,200})/g;
  for (const match of text.matchAll(option)) {
    const [whole, user = '', secret = ''] = match;
    if (/^\d+$/.test(user + secret) || /^[$<{*[/]/.test(secret) || /^(?:[a-z]+:)?\/\//.test(`${user}:${secret}`))
      continue;
    const end = match.index + whole.length;
    spots.push({ start: end - secret.length, end, kind: 'password', issuer: null, secret });
  }
  return spots;
}

function spotOf({ start, end, secret }: Value, { kind, issuer }: Label): Spot {
  return { start, end, kind, issuer, secret };
}
