/** How a ticket is named to people: `T-1001`. */
export function ticketName(number: bigint): string {
  return `T-${number}`;
}

/** Reads `T-1001`, `t-1001` or `1001`; null when it is no number of a ticket. */
export function readTicketName(text: string): bigint | null {
  const digits = /^(?:t-)?([1-9]\d{0,14})$/i.exec(text.trim())?.[1];
  return digits === undefined ? null : BigInt(digits);
}

/** The ticket in the brackets of a subject, `Re: [T-1001] …`; null when there is none. */
export function ticketInSubject(subject: string): bigint | null {
  const digits = /[[［]\s*T-([1-9]\d{0,14})\s*[\]］]/i.exec(subject)?.[1];
  return digits === undefined ? null : BigInt(digits);
}
