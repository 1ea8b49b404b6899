import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  alwaysOpen,
  type Calendar,
  type ClockEvent,
  type ClockNotice,
  type ClockState,
  clocksOf,
  defaultPolicies,
  dueNotices,
  officeHours,
  openBetween,
  type Policy,
  type TermsBook,
} from './index.ts';

const hourMs = 3_600_000;
const at = (time: string) => Date.parse(time.length > 11 ? time : `2026-11-${time}`);
const iso = (atMs: number | null) => atMs && new Date(atMs).toISOString().slice(8, 16);

const policies: readonly Policy[] = [
  ...Object.values(defaultPolicies),
  // What Pro became later: half the time.
  {
    ...defaultPolicies.pro,
    version: 2,
    targets: {
      ...defaultPolicies.pro.targets,
      normal: { firstResponseMs: 4 * hourMs, nextResponseMs: 4 * hourMs, resolutionMs: null },
    },
  },
  {
    ...defaultPolicies.pro,
    id: 'all',
    targets: {
      ...defaultPolicies.pro.targets,
      normal: { firstResponseMs: 8 * hourMs, nextResponseMs: 8 * hourMs, resolutionMs: 16 * hourMs },
    },
  },
];
const calendars: Readonly<Record<string, Calendar>> = {
  'office-hours': officeHours('UTC'),
  shanghai: officeHours('Asia/Shanghai'),
};
const book: TermsBook = {
  policyOf(id, version) {
    const found = policies.find((policy) => policy.id === id && policy.version === version);
    if (found === undefined) throw new Error(`no policy ${id} ${version}`);
    return found;
  },
  calendarOf: (id) => (id === null ? alwaysOpen : (calendars[id] ?? alwaysOpen)),
};

const terms = (policyId: string, policyVersion = 1) => ({ policyId, policyVersion, calendarId: null });
const opened = (time: string, policyId = 'pro', by: 'customer' | 'staff' = 'customer'): ClockEvent => ({
  atMs: at(time),
  kind: 'opened',
  by,
  terms: terms(policyId),
  priority: 'normal',
});
type PlainKind = Exclude<ClockEvent['kind'], 'opened' | 'policy_changed' | 'calendar_changed' | 'priority_changed'>;
const event = (time: string, kind: PlainKind): ClockEvent => ({ atMs: at(time), kind });
const clocks = (now: string, ...events: ClockEvent[]) => clocksOf(events, book, at(now));

describe('the first response', () => {
  test('runs from the opening, with its warnings', () => {
    const { firstResponse, nextResponse } = clocks('20T12:00Z', opened('20T11:00Z'));
    expect(firstResponse).toMatchObject({ state: 'running', targetMs: 8 * hourMs, usedMs: hourMs, metAtMs: null });
    expect([firstResponse.warn50AtMs, firstResponse.warn80AtMs, firstResponse.dueAtMs].map(iso)).toEqual([
      '20T15:00',
      '23T09:24',
      '23T11:00',
    ]);
    expect(nextResponse.state).toBe('none');
  });

  test('is not stopped by an automatic answer, but by a person', () => {
    const automatic = [opened('20T10:00Z'), event('20T10:01Z', 'answered_automatically')];
    expect(clocks('20T11:00Z', ...automatic).firstResponse.state).toBe('running');
    const { firstResponse } = clocks('30T11:00Z', ...automatic, event('20T12:00Z', 'staff_replied'));
    expect(firstResponse).toMatchObject({ state: 'met', usedMs: 2 * hourMs, metAtMs: at('20T12:00Z') });
    expect(firstResponse.warn50AtMs).toBeNull();
  });

  test('is met at the last instant, and missed after it, also when it is answered later', () => {
    const from = opened('19T10:00Z');
    expect(clocks('30T00:00Z', from, event('20T10:00Z', 'staff_replied')).firstResponse.state).toBe('met');
    const late = clocks('30T00:00Z', from, event('2026-11-20T10:00:00.001Z', 'staff_replied')).firstResponse;
    expect(late).toMatchObject({ state: 'breached', dueAtMs: at('20T10:00Z'), metAtMs: at('20T10:00Z') + 1 });
  });

  test('due at closing time is missed at the next opening', () => {
    const from = opened('20T09:00Z');
    expect(clocks('20T17:00Z', from).firstResponse.state).toBe('running');
    expect(clocks('23T08:00Z', from).firstResponse).toMatchObject({ state: 'breached', dueAtMs: at('20T17:00Z') });
  });

  test('a reply that was taken back stopped nothing', () => {
    const events = [opened('19T10:00Z'), event('19T12:00Z', 'staff_replied'), event('19T12:01Z', 'reply_undone')];
    expect(clocks('19T16:00Z', ...events).firstResponse).toMatchObject({ state: 'running', usedMs: 6 * hourMs });
    const again = clocks('30T00:00Z', ...events, event('19T13:00Z', 'staff_replied')).firstResponse;
    expect(again).toMatchObject({ state: 'met', metAtMs: at('19T13:00Z') });
  });

  test('best effort has no clock, but is measured', () => {
    const { firstResponse } = clocks('30T00:00Z', opened('20T10:00Z', 'starter'), event('21T10:00Z', 'staff_replied'));
    expect(firstResponse).toMatchObject({ state: 'none', targetMs: null, usedMs: 24 * hourMs, dueAtMs: null });
  });

  test('has no clock on a ticket that staff opened', () => {
    const { firstResponse, resolution } = clocks('20T12:00Z', opened('20T10:00Z', 'all', 'staff'));
    expect([firstResponse.state, resolution.state]).toEqual(['none', 'running']);
  });

  test('of a vulnerability report is due within one business day, for anyone', () => {
    expect(iso(clocks('21T12:00Z', opened('21T12:00Z', 'vulnerability')).firstResponse.dueAtMs)).toBe('23T17:00');
  });

  test('stands still while a ticket is solved without an answer', () => {
    const events = [opened('20T10:00Z'), event('20T11:00Z', 'solved')];
    expect(clocks('30T00:00Z', ...events).firstResponse).toMatchObject({ state: 'paused', dueAtMs: null });
    const again = clocks('30T12:00Z', ...events, event('30T10:00Z', 'reopened')).firstResponse;
    expect(again).toMatchObject({ state: 'running', usedMs: 3 * hourMs });
  });
});

describe('the next response', () => {
  const answered = [opened('16T09:00Z'), event('16T10:00Z', 'staff_replied')];

  test('counts from the first unanswered message', () => {
    const events = [
      ...answered,
      event('17T10:00Z', 'customer_wrote'),
      event('17T15:00Z', 'answered_automatically'),
      event('17T16:00Z', 'customer_wrote'),
    ];
    const { nextResponse, firstResponse } = clocks('17T16:30Z', ...events);
    expect(firstResponse.state).toBe('met');
    expect(nextResponse).toMatchObject({ state: 'running', startedAtMs: at('17T10:00Z'), dueAtMs: at('18T10:00Z') });
  });

  test('begins anew with each round, and the rounds before stay known', () => {
    const rounds = [
      ...answered,
      event('17T10:00Z', 'customer_wrote'),
      event('17T11:00Z', 'staff_replied'),
      event('18T10:00Z', 'customer_wrote'),
      event('20T10:00Z', 'staff_replied'),
      event('20T12:00Z', 'customer_wrote'),
    ];
    const { nextResponse, earlierResponses } = clocks('20T13:00Z', ...rounds);
    expect(nextResponse).toMatchObject({ state: 'running', usedMs: hourMs });
    expect(earlierResponses.map(({ state, usedMs }) => [state, usedMs / hourMs])).toEqual([
      ['met', 1],
      ['breached', 16],
    ]);
  });

  test('before the first answer there is none', () => {
    expect(clocks('20T12:00Z', opened('20T10:00Z'), event('20T11:00Z', 'customer_wrote')).nextResponse.state).toBe(
      'none',
    );
  });

  test('thanks on a solved ticket start nothing', () => {
    const events = [...answered, event('16T11:00Z', 'solved'), event('16T12:00Z', 'customer_wrote')];
    expect(clocks('30T00:00Z', ...events).nextResponse).toMatchObject({ state: 'paused', usedMs: 0 });
    const reopened = clocks('18T12:00Z', ...events, event('18T10:00Z', 'reopened')).nextResponse;
    expect(reopened).toMatchObject({ state: 'running', usedMs: 2 * hourMs });
  });
});

describe('the resolution', () => {
  test('pauses while the customer is waited for, and goes on when they write', () => {
    const events = [opened('16T09:00Z', 'all'), event('16T11:00Z', 'waiting_for_customer')];
    expect(clocks('20T00:00Z', ...events).resolution).toMatchObject({ state: 'paused', usedMs: 2 * hourMs });
    const { resolution } = clocks('19T10:00Z', ...events, event('19T09:00Z', 'customer_wrote'));
    expect(resolution).toMatchObject({ state: 'running', usedMs: 3 * hourMs });
    expect(iso(resolution.dueAtMs)).toBe('20T15:00');
  });

  test('is met when solved, and goes on where it stood when reopened', () => {
    const solved = [opened('16T09:00Z', 'all'), event('16T15:00Z', 'solved'), event('16T16:00Z', 'solved')];
    const done = clocks('30T00:00Z', ...solved).resolution;
    expect(done).toMatchObject({ state: 'met', usedMs: 6 * hourMs, metAtMs: at('16T15:00Z') });
    const again = clocks('19T12:00Z', ...solved, event('19T10:00Z', 'reopened')).resolution;
    expect(again).toMatchObject({ state: 'running', usedMs: 8 * hourMs, metAtMs: null });
  });
});

describe('what changes in mid-ticket', () => {
  const priority = (time: string, to: 'low' | 'urgent'): ClockEvent => ({
    atMs: at(time),
    kind: 'priority_changed',
    priority: to,
  });

  test('a new version of the policy changes nothing on a ticket that has the old one', () => {
    const mine = clocks('20T11:00Z', opened('20T10:00Z')).firstResponse;
    const theirs = clocks('20T11:00Z', { ...opened('20T10:00Z'), terms: terms('pro', 2) } as ClockEvent).firstResponse;
    expect([mine.targetMs, theirs.targetMs]).toEqual([8 * hourMs, 4 * hourMs]);
  });

  test('a ticket that is put under another policy by hand has its time from then', () => {
    const events: ClockEvent[] = [
      opened('19T10:00Z', 'starter'),
      { atMs: at('20T10:00Z'), kind: 'policy_changed', terms: terms('pro') },
    ];
    expect(clocks('20T09:00Z', ...events).firstResponse.state).toBe('none');
    expect(iso(clocks('20T11:00Z', ...events).firstResponse.dueAtMs)).toBe('23T10:00');
    const back: ClockEvent = { atMs: at('20T12:00Z'), kind: 'policy_changed', terms: terms('starter') };
    expect(clocks('30T00:00Z', ...events, back).firstResponse.state).toBe('none');
  });

  test('who becomes urgent is answered sooner, but nobody is late at once', () => {
    const raised = clocks('20T15:30Z', opened('20T09:00Z'), priority('20T14:00Z', 'urgent')).firstResponse;
    expect(raised).toMatchObject({ state: 'running', dueAtMs: at('20T16:00Z') });
    const justBefore = clocks('20T16:45Z', opened('20T09:00Z'), priority('20T16:30Z', 'urgent')).firstResponse;
    expect(justBefore.dueAtMs).toBe(at('20T17:00Z'));
  });

  test('who becomes less urgent has the longer time from the beginning, unless it was missed', () => {
    const urgent = [opened('19T09:00Z'), priority('19T09:00Z', 'urgent')];
    const lowered = clocks('20T10:00Z', ...urgent, priority('19T10:00Z', 'low')).firstResponse;
    expect(lowered).toMatchObject({ state: 'running', targetMs: 16 * hourMs, dueAtMs: at('20T17:00Z') });
    const missed = clocks('19T15:00Z', ...urgent, priority('19T14:00Z', 'low')).firstResponse;
    expect(missed).toMatchObject({ state: 'breached', dueAtMs: at('19T11:00Z') });
  });

  test('another calendar counts from then on', () => {
    const change: ClockEvent = { atMs: at('20T12:00Z'), kind: 'calendar_changed', calendarId: 'shanghai' };
    const { firstResponse } = clocks('20T12:00Z', opened('20T10:00Z'), change);
    // Two hours are used; six more in Shanghai begin on Monday at 01:00 UTC.
    expect(firstResponse).toMatchObject({ usedMs: 2 * hourMs, dueAtMs: at('23T07:00Z') });
  });
});

describe('notices', () => {
  const tell = (now: string, told: ClockNotice[], ...events: ClockEvent[]) =>
    dueNotices(clocks(now, ...events).firstResponse, told, at(now));
  const from = opened('19T09:00Z');

  test('come each once, however often somebody asks', () => {
    const told: ClockNotice[] = [];
    const when: string[] = [];
    for (let nowMs = at('19T09:00Z'); nowMs < at('21T00:00Z'); nowMs += 6 * 60_000)
      for (const notice of dueNotices(clocksOf([from], book, nowMs).firstResponse, told, nowMs)) {
        told.push(notice);
        when.push(`${iso(nowMs)} ${notice}`);
      }
    expect(when).toEqual(['19T13:00 half', '19T15:24 most', '19T17:06 breached']);
  });

  test('are all told by who comes late, and a breach also after the answer', () => {
    expect(tell('20T12:00Z', [], from)).toEqual(['half', 'most', 'breached']);
    expect(tell('20T12:00Z', ['half', 'breached'], from)).toEqual(['most']);
    expect(tell('20T12:00Z', ['half'], from, event('20T10:00Z', 'staff_replied'))).toEqual(['breached']);
    expect(tell('20T12:00Z', [], from, event('19T16:00Z', 'staff_replied'))).toEqual([]);
    expect(tell('20T12:00Z', [], opened('19T09:00Z', 'starter'))).toEqual([]);
  });

  test('a clock that was reckoned earlier is judged by the time of asking', () => {
    const early = clocks('19T10:00Z', from).firstResponse;
    expect(dueNotices(early, [], at('19T17:00Z'))).toEqual(['half', 'most']);
    expect(dueNotices(early, [], at('19T17:00Z') + 1)).toEqual(['half', 'most', 'breached']);
  });
});

test('pauses add exactly their open time', () => {
  const office = officeHours('UTC');
  const startMs = at('2026-11-02T09:00Z');
  const pauses = fc.array(fc.integer({ min: 1, max: 40 * hourMs }), { minLength: 2, maxLength: 8 });
  fc.assert(
    fc.property(pauses, (steps) => {
      const events: ClockEvent[] = [{ ...opened('2026-11-02T09:00Z', 'all') }];
      let nowMs = startMs;
      let pausedMs = 0;
      for (const [index, step] of steps.entries()) {
        if (index % 2 === 1) pausedMs += openBetween(office, nowMs, nowMs + step);
        nowMs += step;
        events.push({ atMs: nowMs, kind: index % 2 === 0 ? 'waiting_for_customer' : 'resumed' });
      }
      const { usedMs } = clocksOf(events, book, nowMs).resolution;
      expect(usedMs).toBe(openBetween(office, startMs, nowMs) - pausedMs);
    }),
  );
});

test('whatever happens in whatever order: what is missed stays missed, and asking later changes no past', () => {
  const kinds = [
    'customer_wrote',
    'staff_replied',
    'answered_automatically',
    'waiting_for_customer',
    'resumed',
    'solved',
    'reopened',
  ] as const;
  const step = fc.record({ afterMs: fc.integer({ min: 0, max: 30 * hourMs }), kind: fc.constantFrom(...kinds) });
  const urgency = fc.record({
    afterMs: fc.integer({ min: 0, max: 30 * hourMs }),
    kind: fc.constant('priority_changed' as const),
    priority: fc.constantFrom('low' as const, 'normal' as const, 'urgent' as const),
  });
  const missed = ({ state, dueAtMs }: ClockState) => (state === 'breached' ? dueAtMs : null);
  fc.assert(
    fc.property(fc.array(fc.oneof(step, urgency), { maxLength: 14 }), (steps) => {
      let nowMs = at('2026-11-02T09:00Z');
      const events: ClockEvent[] = [opened('2026-11-02T09:00Z', 'all')];
      let before: number | null = null;
      for (const { afterMs, ...rest } of steps) {
        nowMs += afterMs;
        events.push({ atMs: nowMs, ...rest });
        const now = missed(clocksOf(events, book, nowMs).firstResponse);
        if (before !== null) expect(now).toBe(before);
        before = now;
      }
      const mixed = [...events].reverse().sort((a, b) => a.atMs - b.atMs || events.indexOf(a) - events.indexOf(b));
      expect(clocksOf(mixed, book, nowMs + hourMs)).toEqual(clocksOf(events, book, nowMs + hourMs));
    }),
  );
});
