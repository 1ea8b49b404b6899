import { addressParser, type Email } from 'postal-mime';
import type { MailPerson } from '../read-mail.ts';
import { visibleLine } from './visible.ts';

export interface People {
  /** Null: there is none. */
  readonly from: MailPerson | null;
  /** Exactly one header, with exactly one address that all programs read alike: of others nobody can say who wrote. */
  readonly oneSender: boolean;
  /** Null: the same as `from`, or none. */
  readonly replyTo: string | null;
  readonly to: readonly MailPerson[];
  readonly cc: readonly MailPerson[];
}

const mostPeople = 100;
const mostNameLength = 150;
const mostAddressLength = 254;

export function peopleOf(email: Email): People {
  const headers = email.headers.filter(({ key }) => key === 'from');
  const senders = headers.flatMap(({ value }) => persons(value));
  const from = senders[0] ?? null;
  const replyTo = email.headers.filter(({ key }) => key === 'reply-to').flatMap(({ value }) => persons(value));
  const other = replyTo.find(({ address }) => address !== from?.address);
  return {
    from,
    oneSender: headers.length === 1 && senders.length === 1 && isPlain(headers[0]?.value ?? ''),
    replyTo: other?.address ?? null,
    to: listed(email, 'to'),
    cc: listed(email, 'cc'),
  };
}

const quotedOrComment = /"(?:[^"\\]|\\.)*"|\((?:[^()\\]|\\.)*\)/g;
/** A name without what could be another author to a program that reads it otherwise, and the address. */
const namedAddress = /^(?:[^<>,;:"()\\]*|[^<>@"()\\]*)<\s*[^\s<>,;:"()\\@]+@[^\s<>,;:"()\\@]+\s*>$/;
const bareAddress = /^[^\s<>,;:"()\\@]+@[^\s<>,;:"()\\@]+$/;
/** Becomes an ASCII letter in lower case: an address with it would become somebody else's. */
const kelvinSign = /\u212a/;

/** Two addresses, a group, a route or an open quote are read by one program so and by another otherwise. */
function isPlain(value: string): boolean {
  const bare = value.slice(0, 2_000).replace(quotedOrComment, '').trim();
  return value.length <= 2_000 && !kelvinSign.test(bare) && (namedAddress.test(bare) || bareAddress.test(bare));
}

function listed(email: Email, key: string): MailPerson[] {
  const all = email.headers.filter((header) => header.key === key).flatMap(({ value }) => persons(value));
  return all.slice(0, mostPeople);
}

function persons(value: string): MailPerson[] {
  const found = addressParser(value.slice(0, 100_000), { flatten: true });
  return found.slice(0, mostPeople).flatMap((one) => {
    const address = visibleLine(one.address ?? '', mostAddressLength + 1).toLowerCase();
    const isAddress = /^[^\s@<>]+@[^\s@<>]+$/.test(address) && address.length <= mostAddressLength;
    return isAddress ? [{ address, name: visibleLine(one.name, mostNameLength) }] : [];
  });
}
