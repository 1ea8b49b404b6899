/**
 * Spending windows of a key. `total` never ends. The others begin with the first charged request after the former one
 * ended and last their span from there: [start, start + span). Pure, so that the gateway that enforces them and the
 * metering that stores them agree. Amounts are nano-USD.
 */
export type SpendSpan = 'total' | '5h' | '1d' | '7d';

export const spendSpans: readonly SpendSpan[] = ['total', '5h', '1d', '7d'];

const hourMs = 3_600_000;

/** How long a window lasts, in milliseconds. */
export const spendSpanMs: Readonly<Record<SpendSpan, number>> = {
  total: Number.POSITIVE_INFINITY,
  '5h': 5 * hourMs,
  '1d': 24 * hourMs,
  '7d': 168 * hourMs,
};

/** As stored. `total` has `startedAtMs` 0. */
export interface SpendState {
  readonly startedAtMs: number;
  readonly spent: bigint;
}

/** A window as it stands at one moment. */
export interface SpendWindowState {
  /** Null: no window is running, the next charged request begins one. 0 for `total`. */
  readonly startedAtMs: number | null;
  readonly spent: bigint;
  /** First moment that no longer counts. Null: nothing runs, or it never ends. */
  readonly resetAtMs: number | null;
}

const idle: SpendWindowState = { startedAtMs: null, spent: 0n, resetAtMs: null };

export function spendWindowAt(state: SpendState | undefined, span: SpendSpan, atMs: number): SpendWindowState {
  if (span === 'total') return { startedAtMs: 0, spent: state?.spent ?? 0n, resetAtMs: null };
  if (state === undefined || atMs >= state.startedAtMs + spendSpanMs[span]) return idle;
  return { startedAtMs: state.startedAtMs, spent: state.spent, resetAtMs: state.startedAtMs + spendSpanMs[span] };
}

/**
 * The state after a charge. Nothing charged begins no window. A charge from before the running window, handed in late,
 * counts in it without moving it; one that is older by a whole span or more had its own window, which is over.
 *
 * @throws RangeError on a negative amount
 */
export function addSpend(
  state: SpendState | undefined,
  span: SpendSpan,
  atMs: number,
  amount: bigint,
): SpendState | undefined {
  if (amount < 0n) throw new RangeError('A charge cannot be negative.');
  if (amount === 0n) return state;
  if (span === 'total') return { startedAtMs: 0, spent: (state?.spent ?? 0n) + amount };
  const spanMs = spendSpanMs[span];
  if (state === undefined || atMs >= state.startedAtMs + spanMs) return { startedAtMs: atMs, spent: amount };
  if (atMs <= state.startedAtMs - spanMs) return state;
  return { startedAtMs: state.startedAtMs, spent: state.spent + amount };
}

/**
 * What is known of a window when a key is read again from the database, whose figures lag behind the charges that this
 * node has already counted: the later window, and of one window the larger sum.
 */
export function laterSpend(
  stored: SpendState | undefined,
  counted: SpendState | undefined,
  span: SpendSpan,
): SpendState | undefined {
  if (stored === undefined || counted === undefined) return counted ?? stored;
  const [earlier, later] = stored.startedAtMs <= counted.startedAtMs ? [stored, counted] : [counted, stored];
  // Two nodes may date the start of one window a little apart.
  if (later.startedAtMs >= earlier.startedAtMs + spendSpanMs[span]) return later;
  const larger = earlier.spent > later.spent ? earlier : later;
  return { startedAtMs: earlier.startedAtMs, spent: larger.spent };
}

/** A limited window as `GET /v1/usage` shows it. */
export interface SpendReport {
  readonly span: SpendSpan;
  readonly limit: bigint;
  readonly used: bigint;
  /** Never negative. */
  readonly remaining: bigint;
  readonly windowStartMs: number | null;
  readonly resetAtMs: number | null;
}

export function spendReport(limit: bigint, state: SpendState | undefined, span: SpendSpan, atMs: number): SpendReport {
  const { startedAtMs, spent, resetAtMs } = spendWindowAt(state, span, atMs);
  return {
    span,
    limit,
    used: spent,
    remaining: spent < limit ? limit - spent : 0n,
    windowStartMs: span === 'total' ? null : startedAtMs,
    resetAtMs,
  };
}

/** Reports of all spans that have a limit, `total` first. */
export function spendReports(
  limits: Readonly<Partial<Record<SpendSpan, bigint>>>,
  states: Readonly<Partial<Record<SpendSpan, SpendState>>>,
  atMs: number,
): SpendReport[] {
  const reports: SpendReport[] = [];
  for (const span of spendSpans) {
    const limit = limits[span];
    if (limit !== undefined) reports.push(spendReport(limit, states[span], span, atMs));
  }
  return reports;
}
