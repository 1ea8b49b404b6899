/**
 * Counts the events of one stream and holds their numbers against their order. What a gateway adds (comments) is passed
 * over; what it loses, doubles or swaps is found.
 */
export class EventCounter {
  /** Numbered events so far. */
  events = 0;
  disorder = 0;
  /** The stream has said that it is complete. */
  done = false;
  #kept: Buffer | null = null;

  push(bytes: Buffer): void {
    const all = this.#kept ? Buffer.concat([this.#kept, bytes]) : bytes;
    let from = 0;
    for (let end = all.indexOf(eventEnd); end >= 0; end = all.indexOf(eventEnd, from)) {
      this.#event(all, from, end);
      from = end + eventEnd.length;
    }
    this.#kept = from < all.length ? all.subarray(from) : null;
  }

  #event(all: Buffer, from: number, end: number): void {
    const mark = all.indexOf(numberMark, from);
    if (mark < 0 || mark > end) {
      if (all.subarray(from, end).includes(doneMark)) this.done = true;
      return;
    }
    const number = Number(all.toString('latin1', mark + numberMark.length, mark + numberMark.length + 6));
    if (number !== this.events) this.disorder++;
    this.events++;
  }
}

const eventEnd = Buffer.from('\n\n');
const numberMark = Buffer.from('"fp_');
const doneMark = Buffer.from('[DONE]');
