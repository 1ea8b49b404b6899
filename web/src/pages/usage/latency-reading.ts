import { useRead } from '../../api/queries.ts';
import { useLanguage } from '../../language.tsx';
import { useOrganization } from '../../session.tsx';
import { safetyMs, useFollow } from '../../usage/pulse.ts';
import type { TabProps } from './parts.ts';
import { useUsageQuestion } from './reading.ts';

/** Percentiles are read off the records themselves: that is not done at every call. */
const atMostEveryMs = 6_000;

/** Latency and errors of the range; null while they are on their way. */
export function useLatency({ view, filters, pulse }: TabProps) {
  const { id: organization } = useOrganization();
  const { id: locale } = useLanguage();
  const question = useUsageQuestion(view, filters);
  const reading = useRead(
    '/control/v1/organizations/{organization}/usage/latency',
    { params: { organization }, query: { ...question, locale } },
    { keepLast: true, ...(view.isOpen ? { everyMs: safetyMs } : {}) },
  );
  useFollow(pulse, reading, atMostEveryMs);
  const isOld = reading.error !== null && reading.isLast;
  return { reading, latency: isOld ? null : (reading.data ?? null) };
}
