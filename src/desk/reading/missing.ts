import type { ReportFacts } from './report.ts';
import type { SubjectPrefix } from './subject.ts';

export type MissingFact = 'request_id' | 'time' | 'error' | 'tool' | 'expected';

/**
 * What the report template asks for and a mail does not say, in the order of asking. Empty where there is nothing to
 * gain: with a request id the call is found; whoever asks about an incident is told without one; what is no report of a
 * failure or a charge needs none of it.
 */
export function missingFacts(facts: ReportFacts, category: SubjectPrefix | 'general'): readonly MissingFact[] {
  if (facts.requestIds.length > 0) return [];
  const told = facts.times.length > 0;
  if (category === 'billing') {
    // A charge is found by its order or its day.
    return facts.chargeQuestion !== null && facts.orderIds.length === 0 && !told ? ['time'] : [];
  }
  if (category !== 'bug' || facts.incidentQuestion !== null) return [];
  const missing: MissingFact[] = ['request_id'];
  if (!told) missing.push('time');
  if (facts.statuses.length + facts.errorCodes.length + facts.bodies.length + facts.connectionErrors.length === 0)
    missing.push('error');
  if (facts.tools.length === 0) missing.push('tool');
  if (facts.expectation === null) missing.push('expected');
  return missing;
}
