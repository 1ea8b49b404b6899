import { answerSubject, type MailLocale } from '../../mail/index.ts';
import { disclosed, type ExplainWords, explain, type RequestFacts, whatToDo, wordsOf } from '../../metering/index.ts';
import { type AnsweredPlan, type AnswerWords, type AskedFact, answerWordsOf } from './answer-words.ts';

/** A call whose facts may be told. */
export interface ToldRequest {
  readonly facts: RequestFacts;
  readonly withCost: boolean;
  /** How its key stands today; null: it is gone, or there was none. */
  readonly keyNow: 'enabled' | 'disabled' | 'deleted' | 'expired' | null;
}

export interface AnswerFacts {
  /** acknowledgement: nothing may be told, whatever the reason. vulnerability: nothing is told, but when a person answers. */
  readonly kind: 'explanation' | 'acknowledgement' | 'vulnerability';
  readonly ticketNumber: bigint;
  readonly locale: MailLocale;
  /** Of the site, without a slash at the end. */
  readonly url: string;
  /** In the order in which they stood in the mail. */
  readonly told: readonly ToldRequest[];
  /** Ids of which nothing is said, whatever the reason. */
  readonly untold: number;
  /** Ids that are older than records are kept; told to whoever has an account. */
  readonly expired: number;
  readonly retentionDays: number;
  /** Ids whose check characters do not fit. */
  readonly mistyped: number;
  /** What is asked for. */
  readonly missing: readonly AskedFact[];
  /** Null: not said. */
  readonly target: { readonly plan: AnsweredPlan; readonly dueAtMs: number | null } | null;
  /** Secrets were taken out of the mail. */
  readonly heldSecrets: boolean;
}

export interface ComposedAnswer {
  readonly subject: string;
  readonly text: string;
}

/**
 * The words of an automatic answer, from facts alone: not one of the sender's words stands in it. A fact that is missing
 * makes its sentence vanish.
 */
export function composeAnswer(answer: AnswerFacts): ComposedAnswer {
  const { ticketNumber, locale } = answer;
  const words = answerWordsOf(locale);
  const parts = answer.kind === 'vulnerability' ? vulnerability(answer, words) : report(answer, words);
  const text = [words.greeting, ...parts, words.howToAnswer].filter((part) => part !== null).join('\n\n');
  return { subject: answerSubject(ticketNumber, locale), text };
}

type Parts = readonly (string | null)[];

function vulnerability({ ticketNumber, url, heldSecrets }: AnswerFacts, words: AnswerWords): Parts {
  const { opening, rest } = words.vulnerability;
  return [
    [opening(`T-${ticketNumber}`), ...rest].join(words.space),
    heldSecrets ? words.secrets : null,
    words.policy(`${url}/docs/security`),
  ];
}

function report(answer: AnswerFacts, words: AnswerWords): Parts {
  const { kind, ticketNumber, told, untold, expired, retentionDays, mistyped, missing, target } = answer;
  const opening = [words.opening(`T-${ticketNumber}`, told.length > 0), words.personReads, targetOf(target, words)];
  const explaining = kind === 'explanation';
  return [
    opening.filter((sentence) => sentence !== null).join(words.space),
    ...(explaining ? told.map((request) => requestPart(request, answer, words)) : []),
    explaining && untold > 0 ? words.untold(untold) : null,
    explaining && expired > 0 ? words.expired(expired, retentionDays) : null,
    explaining || untold === 0 ? null : words.neutral,
    mistyped > 0 ? words.mistyped(mistyped) : null,
    missing.length === 0 ? null : [words.ask, ...missing.map((fact) => `- ${words.asked[fact]}`)].join('\n'),
    answer.heldSecrets ? words.secrets : null,
  ];
}

function targetOf(target: AnswerFacts['target'], words: AnswerWords): string | null {
  if (target === null) return null;
  const { plan, dueAtMs } = target;
  return words.target(plan, dueAtMs === null ? null : new Date(dueAtMs).toISOString().slice(0, 16).replace('T', ' '));
}

/** One paragraph of what happened, what was charged and who acts; what to do; where all of it stands. */
function requestPart(request: ToldRequest, { locale, url }: AnswerFacts, words: AnswerWords): string {
  const facts = disclosed(request.facts);
  const explainWords = wordsOf(locale);
  const sentences = [
    ...explain(facts, { words: explainWords, toCustomer: true, withCost: request.withCost }),
    facts.incident === null ? null : words.incident(facts.incident),
    fitsNoClass(facts, explainWords) ? words.noClass : null,
    worksAgain(request) ? words.keyWorksNow : null,
  ];
  const action = worksAgain(request) ? null : nextStep(facts, explainWords, words);
  return [
    words.request(facts.id, facts.region || null),
    sentences.filter((sentence) => sentence !== null).join(words.space),
    action === null ? null : words.next(action),
    words.link(`${url}/console/requests/${facts.id}`),
  ]
    .filter((line) => line !== null)
    .join('\n');
}

/** Neither how it ended nor its error code is one that has words. */
function fitsNoClass({ outcome, error_code: code }: RequestFacts, words: ExplainWords): boolean {
  const known = (table: object, name: string | null) => name !== null && Object.hasOwn(table, name);
  return !known(words.outcomes, outcome) && !known(words.codes, code);
}

const refusedForKey: ReadonlySet<string> = new Set(['key_disabled', 'key_expired']);

function worksAgain({ facts, keyNow }: ToldRequest): boolean {
  return keyNow === 'enabled' && refusedForKey.has(facts.error_code ?? '');
}

function nextStep(facts: RequestFacts, explainWords: ExplainWords, words: AnswerWords): string | null {
  const action = whatToDo(facts, explainWords);
  if (action === null) return null;
  if (action === explainWords.unknownCode.action) return words.unknownAction;
  return words.actions[facts.error_code ?? ''] ?? action;
}
