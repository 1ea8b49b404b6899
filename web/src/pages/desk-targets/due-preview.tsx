import { useEffect, useState } from 'react';
import { type Answer, api } from '../../api/client.ts';
import { type ApiProblem, asProblem } from '../../api/problem.ts';
import type { Calendar, TargetPolicy } from '../../api/schema.ts';
import { useLanguage } from '../../language.tsx';
import { Field } from '../../ui/field.tsx';
import { ProblemMessage } from '../../ui/problem-message.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { fromZoned } from '../../zoned-time.ts';
import { fridayEvening } from './hours.ts';
import { byUrgency } from './target-table.tsx';

type Due = Answer<'/admin/v1/target-policies/preview', 'post'>;

const settleMs = 300;
const dueKinds = ['first_response_at', 'next_response_at', 'resolution_at'] as const;

interface DuePreviewProps {
  /** As it is, or as it would be; null: around the clock. */
  readonly calendar: Omit<Calendar, 'id'> | null;
  readonly targets: TargetPolicy['targets'];
}

/** "A ticket that comes on Friday at 17:30 is due …", in the calendar's zone. */
export function DuePreview({ calendar, targets }: DuePreviewProps) {
  const t = useTranslations('deskSettings.targets');
  const tTickets = useTranslations('tickets');
  const { tag, timeZone: ownZone } = useLanguage();
  const zone = calendar?.time_zone ?? ownZone ?? 'UTC';
  const [local, setLocal] = useState(() => fridayEvening(Date.now()));
  const { due, problem } = useDue(calendar, targets, local, zone);
  const write = (at: string) =>
    new Intl.DateTimeFormat(tag, {
      timeZone: zone,
      weekday: 'short',
      month: 'short',
      day: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    }).format(new Date(at));
  return (
    <div className="grid gap-3">
      <Field name="opened_at" label={t('previewAt')} hint={t('previewZone', { zone })} className="max-w-72">
        <TextInput
          type="datetime-local"
          min="2020-01-01T00:00"
          max="2099-01-01T00:00"
          value={local}
          onChange={(event) => setLocal(event.target.value)}
        />
      </Field>
      <div aria-live="polite" className="min-h-40">
        <ProblemMessage problem={problem} />
        {due && (
          <table className="w-full text-left text-[0.8125rem] sm:text-sm">
            <caption className="sr-only">{t('previewCaption')}</caption>
            <thead>
              <tr className="text-xs text-soft">
                <th scope="col" className="py-1 pr-2 font-medium">
                  {t('priority')}
                </th>
                {dueKinds.map((kind) => (
                  <th key={kind} scope="col" className="px-2 py-1 font-medium">
                    {t(`due.${kind}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {byUrgency.map((priority) => (
                <tr key={priority} className="border-t border-line">
                  <th scope="row" className="py-1.5 pr-2 font-medium whitespace-nowrap">
                    {tTickets(`priorities.${priority}`)}
                  </th>
                  {dueKinds.map((kind) => {
                    const at = due[priority][kind];
                    return (
                      <td key={kind} className="px-2 py-1.5">
                        {at === null ? <span className="text-soft">–</span> : <time dateTime={at}>{write(at)}</time>}
                      </td>
                    );
                  })}
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </div>
    </div>
  );
}

/** Asked again a moment after something has changed; the last answer stays until then. */
function useDue(calendar: DuePreviewProps['calendar'], targets: TargetPolicy['targets'], local: string, zone: string) {
  const [due, setDue] = useState<Due | null>(null);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const openedAt = safely(() => fromZoned(local, zone));
  const question = JSON.stringify({ opened_at: openedAt, calendar: calendar && withoutId(calendar), targets });
  useEffect(() => {
    if (openedAt === null) return;
    const leaving = new AbortController();
    const ask = async () => {
      try {
        const { signal } = leaving;
        setDue(await api.post('/admin/v1/target-policies/preview', { body: JSON.parse(question), signal }));
        setProblem(null);
      } catch (error) {
        if (leaving.signal.aborted) return;
        setDue(null);
        setProblem(asProblem(error));
      }
    };
    const timer = setTimeout(() => void ask(), settleMs);
    return () => {
      clearTimeout(timer);
      leaving.abort();
    };
  }, [question, openedAt]);
  return { due, problem };
}

function withoutId({ name, time_zone, week, exceptions }: Omit<Calendar, 'id'>) {
  return { name: name || '-', time_zone, week, exceptions };
}

/** A zone that is still being typed is none. */
function safely<Value>(read: () => Value): Value | null {
  try {
    return read();
  } catch {
    return null;
  }
}
