import type { TargetPolicy } from '../../api/schema.ts';
import { useTranslations } from '../../words/use-translations.ts';
import { priorities } from '../desk-settings-parts/values.ts';
import { useWorkTime } from './use-work-time.ts';

export const targetKinds = ['first_response_ms', 'next_response_ms', 'resolution_ms'] as const;
/** Most urgent first, as promises are read. */
export const byUrgency = priorities.toReversed();

interface TargetTableProps {
  readonly label: string;
  readonly targets: TargetPolicy['targets'];
}

/** Work time by priority. */
export function TargetTable({ label, targets }: TargetTableProps) {
  const t = useTranslations('deskSettings.targets');
  const tTickets = useTranslations('tickets');
  const workTime = useWorkTime();
  return (
    <table className="w-full text-left text-[0.8125rem] sm:text-sm">
      <caption className="sr-only">{label}</caption>
      <thead>
        <tr className="text-xs text-soft">
          <th scope="col" className="py-1 pr-2 font-medium">
            {t('priority')}
          </th>
          {targetKinds.map((kind) => (
            <th key={kind} scope="col" className="px-2 py-1 font-medium">
              {t(`kinds.${kind}`)}
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
            {targetKinds.map((kind) => {
              const ms = targets[priority][kind];
              return (
                <td key={kind} className="px-2 py-1.5">
                  {ms === null ? <span className="text-soft">{t('bestEffort')}</span> : workTime(ms)}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
