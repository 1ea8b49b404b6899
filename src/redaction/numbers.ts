import type { Spot } from './kinds.ts';
import type { View } from './view.ts';

/** In one piece or in the groups that are printed on cards. Not within a longer number, an id or an address. */
const cardForm =
  /(?<![\w\-./#])(?:\d{14,19}|\d{4}([ \n-])\d{4}\1\d{4}\1\d{1,7}|\d{4}([ \n-])\d{6}\2\d{4,5})(?![\w-]|\.\d)/g;

/** Numbers that were issued: Visa, Mastercard, American Express, Diners, Discover, JCB, UnionPay, Maestro. */
const issuers: readonly (readonly [form: RegExp, lengths: readonly number[]])[] = [
  [/^4/, [16]],
  [/^(?:5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/, [16]],
  [/^3[47]/, [15]],
  [/^3(?:0[0-5]|09|[689])/, [14]],
  [/^6(?:011|4[4-9]|5)/, [16]],
  [/^35(?:2[89]|[3-8])/, [16]],
  [/^62/, [16, 19]],
  [/^(?:5018|5020|5038|6304|6759|676[1-3])/, [16]],
];

/** What the number is called: an order's number is none of a card, even if it passes for one. */
const otherNumber =
  /(?:order|invoice|transaction|payment|trade|reference|ticket|serial|\bid|no\.|单号|订单|流水|交易号?|发票|编号|号码)[^\n]{0,12}$/;
const cardWords = /(?:card|visa|master|amex|卡)[^\n]{0,16}$/;

export function findCards({ text, lower }: View): Spot[] {
  const spots: Spot[] = [];
  for (const match of text.matchAll(cardForm)) {
    const digits = match[0].replaceAll(/\D/g, '');
    if (!issuers.some(([form, lengths]) => lengths.includes(digits.length) && form.test(digits))) continue;
    if (!passesLuhn(digits) || /^(\d)\1+$/.test(digits)) continue;
    const before = lower.slice(Math.max(0, match.index - 32), match.index);
    if (otherNumber.test(before) && !cardWords.test(before)) continue;
    spots.push({ start: match.index, end: match.index + match[0].length, kind: 'card', issuer: null, secret: digits });
  }
  return spots;
}

function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits.charAt(digits.length - 1 - i));
    const doubled = i % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

/** Mail addresses: around every @, so that the time does not depend on what stands between them. */
export function findMailAddresses({ text }: View): Spot[] {
  const spots: Spot[] = [];
  const domain = /@(?:[0-9A-Za-z-]{1,63}\.){1,8}[A-Za-z]{2,24}(?![0-9A-Za-z])/y;
  for (let at = text.indexOf('@'); at !== -1; at = text.indexOf('@', at + 1)) {
    let start = at;
    while (start > 0 && at - start < 64 && /[\w.%+'-]/.test(text.charAt(start - 1))) start -= 1;
    domain.lastIndex = at;
    if (start === at || !domain.test(text)) continue;
    const end = domain.lastIndex;
    spots.push({ start, end, kind: 'email', issuer: null, secret: text.slice(start, end).toLowerCase() });
  }
  return spots;
}

/** With a country's code, or a mobile number of China. Other forms are told from other numbers by nothing. */
const phoneForm =
  /(?<![\w+.\-/#=])(?:\+\d{1,3}[ -]?(?:\(\d{1,4}\)[ -]?)?\d{2,5}(?:[ -]?\d{2,5}){1,4}|1[3-9]\d(?:[ -]?\d{4}){2})(?![\w-]|\.\d)/g;

export function findPhones({ text }: View): Spot[] {
  const spots: Spot[] = [];
  for (const match of text.matchAll(phoneForm)) {
    const digits = match[0].replaceAll(/\D/g, '');
    if (digits.length < 8 || digits.length > 15) continue;
    spots.push({ start: match.index, end: match.index + match[0].length, kind: 'phone', issuer: null, secret: digits });
  }
  return spots;
}
