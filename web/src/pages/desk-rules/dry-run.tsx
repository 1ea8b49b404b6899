import { useEffect, useEffectEvent, useState } from 'react';
import { type Answer, api } from '../../api/client.ts';
import { type ApiProblem, asProblem } from '../../api/problem.ts';
import type { RoutingRule } from '../../api/schema.ts';
import { Badge } from '../../ui/badge.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { ProblemMessage } from '../../ui/problem-message.tsx';
import { Select } from '../../ui/select.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { bodyOf } from './draft.ts';

type Tried = Answer<'/admin/v1/routing-rules/dry-run', 'post'>;
type Line = Tried['data'][number];

interface DryRunProps {
  /** All of them, in order, as they would be. */
  readonly rules: readonly (Omit<RoutingRule, 'position' | 'updated_at'> & { readonly id: string })[];
  /** Without being asked. */
  readonly atOnce?: boolean;
}

const counts = [50, 100, 500] as const;

/** What rules would have made of the last tickets. Nothing is changed. */
export function DryRun({ rules, atOnce = false }: DryRunProps) {
  const t = useTranslations('deskSettings.rules');
  const [count, setCount] = useState(100);
  const [busy, setBusy] = useState(false);
  const [tried, setTried] = useState<Tried | null>(null);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const run = async (tickets: number) => {
    setBusy(true);
    setProblem(null);
    try {
      const body = { tickets, rules: rules.map((rule) => ({ id: rule.id, ...bodyOf(rule) })) };
      setTried(await api.post('/admin/v1/routing-rules/dry-run', { body }));
    } catch (error) {
      setTried(null);
      setProblem(asProblem(error));
    }
    setBusy(false);
  };
  const first = useEffectEvent(() => void run(count));
  useEffect(() => {
    if (atOnce) first();
  }, [atOnce]);
  return (
    <div className="grid gap-3">
      <div className="flex flex-wrap items-center gap-2">
        <Select
          aria-label={t('tryCount')}
          className="w-56"
          value={count}
          onChange={(event) => setCount(Number(event.target.value))}
          options={counts.map((value) => ({ value: String(value), label: t('tryTickets', { count: value }) }))}
        />
        <Button busy={busy} onClick={() => void run(count)}>
          {t('tryNow')}
        </Button>
      </div>
      <div aria-live="polite" className="grid gap-3">
        <ProblemMessage problem={problem} />
        {tried && <Outcome tried={tried} names={new Map(rules.map(({ id, name }) => [id, name]))} />}
      </div>
    </div>
  );
}

function Outcome({ tried, names }: { readonly tried: Tried; readonly names: ReadonlyMap<string, string> }) {
  const t = useTranslations('deskSettings.rules');
  const differing = tried.data.filter(({ differs }) => differs);
  if (tried.tried === 0) return <Banner>{t('triedNone')}</Banner>;
  const matched = tried.data.filter(({ after }) => after.rule !== null).length;
  return (
    <>
      <Banner tone={tried.changed > 0 ? 'warn' : 'success'}>
        {t('tried', { tried: tried.tried, matched, changed: tried.changed })}
      </Banner>
      {differing.length > 0 && (
        <ul
          aria-label={t('changes')}
          className="max-h-80 divide-y divide-line overflow-y-auto rounded-xl border border-line"
        >
          {differing.map((line) => (
            <li key={line.ticket} className="grid gap-1 px-3.5 py-2.5">
              <p className="truncate">
                <span className="font-mono text-[0.8125rem] text-soft">{line.ticket}</span> {line.subject}
              </p>
              <Difference line={line} names={names} />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function Difference({ line, names }: { readonly line: Line; readonly names: ReadonlyMap<string, string> }) {
  const t = useTranslations('deskSettings.rules');
  const { before, after } = line;
  const ruleName = (id: string | null) => (id === null ? t('noRule') : (names.get(id) ?? t('otherRule')));
  return (
    <div className="flex flex-wrap items-center gap-x-2 gap-y-1 text-[0.8125rem]">
      <Place place={before} other={after} /> → <Place place={after} other={before} marked />
      <span className="text-soft">
        {before.rule === after.rule
          ? ruleName(after.rule)
          : t('ruleChange', { before: ruleName(before.rule), after: ruleName(after.rule) })}
      </span>
    </div>
  );
}

interface PlaceProps {
  readonly place: Line['before'];
  readonly other: Line['before'];
  readonly marked?: boolean;
}

function Place({ place, other, marked = false }: PlaceProps) {
  const tTickets = useTranslations('tickets');
  const tone = (differs: boolean) => (marked && differs ? 'warn' : 'neutral');
  return (
    <>
      <Badge tone={tone(place.queue !== other.queue)}>{tTickets(`queues.${place.queue}`)}</Badge>
      <Badge tone={tone(place.priority !== other.priority)}>{tTickets(`priorities.${place.priority}`)}</Badge>
      {place.tags.map((tag) => (
        <Badge key={tag} tone={tone(!other.tags.includes(tag))}>
          #{tag}
        </Badge>
      ))}
    </>
  );
}
