import { AppError } from '../base/errors.ts';

/** Every code that this module throws for an operator's input, with the HTTP status that fits it. Codes are never renamed. */
export const catalogueProblems = {
  vendor_not_found: 404,
  vendor_exists: 409,
  vendor_in_use: 409,
  group_not_found: 404,
  group_exists: 409,
  group_in_use: 409,
  channel_not_found: 404,
  channel_exists: 409,
  channel_address_invalid: 400,
  channel_address_not_allowed: 400,
  channel_wire_unsupported: 400,
  channel_unusable: 409,
  model_not_found: 404,
  model_exists: 409,
  model_in_use: 409,
  model_not_in_group: 404,
  alias_not_found: 404,
  alias_exists: 409,
  alias_conflict: 409,
  price_not_found: 404,
  price_missing: 409,
  price_exists: 409,
  price_in_force: 409,
  price_invalid: 400,
  price_data_unreadable: 500,
  catalogue_value_invalid: 400,
} as const;

export type CatalogueProblem = keyof typeof catalogueProblems;

export function problem(code: CatalogueProblem, message: string): AppError {
  return new AppError(code, message);
}

const idForm = /^[a-z0-9][a-z0-9-]{0,62}$/;
const vendorForm = /^[a-z][a-z0-9-]{0,31}$/;
const channelForm = /^[a-z0-9][a-z0-9_-]{0,62}$/;
// Printable, no blanks: it stands in URLs, headers and logs. Not a JSON or shell word either.
const modelForm = /^[^\s\p{C}"\\]{1,200}$/u;
const textForm = /^[^\u0000-\u001f\u007f]+$/;

export function checkVendorId(id: string): string {
  return checkForm(id, vendorForm, "A vendor's id", 'a lower-case letter, then up to 31 of a-z, 0-9 and -');
}

export function checkGroupId(id: string): string {
  return checkForm(id, idForm, "A group's id", 'up to 63 of a-z, 0-9 and -, not beginning with -');
}

export function checkChannelId(id: string): string {
  return checkForm(id, channelForm, "A channel's id", 'up to 63 of a-z, 0-9, _ and -');
}

/** A model's canonical id or an alias: whatever a client may write into `model`. */
export function checkModelName(name: string): string {
  return checkForm(name, modelForm, 'A model name', '1 to 200 characters without blanks, quotes or backslashes');
}

export function checkName(name: string, what: string, maxLength = 100): string {
  const text = name.trim();
  if (text.length > 0 && text.length <= maxLength && textForm.test(text)) return text;
  throw problem('catalogue_value_invalid', `${what} must have 1 to ${maxLength} printable characters.`);
}

export function checkWhole(value: number, min: number, max: number, what: string): number {
  if (Number.isInteger(value) && value >= min && value <= max) return value;
  throw problem('catalogue_value_invalid', `${what} must be a whole number from ${min} to ${max}.`);
}

export function checkOneOf<T extends string>(value: string, choices: readonly T[], what: string): T {
  const found = choices.find((choice) => choice === value);
  if (found !== undefined) return found;
  throw problem('catalogue_value_invalid', `${what} must be one of ${choices.join(', ')}.`);
}

function checkForm(text: string, form: RegExp, what: string, meaning: string): string {
  if (form.test(text)) return text;
  throw problem('catalogue_value_invalid', `${what} must be ${meaning}.`);
}
