/** What to close, in the order in which it was opened; closing goes the other way. */
export type Closers = (() => Promise<unknown> | unknown)[];
