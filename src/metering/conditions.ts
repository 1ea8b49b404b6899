/** Conditions of one statement, joined by `and`, and the values that stand in it as parameters. */
export class Conditions {
  readonly values: unknown[] = [];
  readonly #texts: string[] = [];

  /** The parameter's place in the statement: `$3`. */
  place(value: unknown): string {
    return `$${this.values.push(value)}`;
  }

  add(text: string): void {
    this.#texts.push(text);
  }

  /** `column = value`, when there is a value. */
  equal(column: string, value: unknown): void {
    if (value !== undefined) this.add(`${column} = ${this.place(value)}`);
  }

  /** `true` when nothing narrows. */
  text(): string {
    return this.#texts.length === 0 ? 'true' : this.#texts.join(' and ');
  }

  /** The same so far, to go on from in several ways. */
  copy(): Conditions {
    const copy = new Conditions();
    copy.values.push(...this.values);
    for (const text of this.#texts) copy.add(text);
    return copy;
  }
}
