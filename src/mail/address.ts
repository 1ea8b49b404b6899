import { AppError } from '../base/errors.ts';

/** RFC 5321, 4.5.3.1: of an address in all, and of what stands before the "@". */
const maxLength = 254;
const maxLocalLength = 64;

/**
 * Whether a text is one bare address that a mail can go to: no display name, no list, nothing that could begin another
 * header or command. Letters of all scripts pass; whether a relay takes them is its answer.
 */
export function isMailAddress(text: string): boolean {
  if (text.length > maxLength) return false;
  const match = /^([^\s@<>()[\]",:;\\\p{C}]+)@([\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*)$/u.exec(text);
  const local = match?.[1] ?? '';
  return local !== '' && local.length <= maxLocalLength && !/^\.|\.\.|\.$/.test(local);
}

/** @throws AppError `mail_recipient_invalid` */
export function checkRecipient(text: string): void {
  if (isMailAddress(text)) return;
  // The text itself is not repeated: it may be anything.
  throw new AppError('mail_recipient_invalid', 'The recipient must be one mail address, such as ada@example.com.');
}

/** What stands behind the "@". */
export function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1).toLowerCase();
}
