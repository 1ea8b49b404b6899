import { Card } from '../../ui/card.tsx';
import { Progress } from '../../ui/progress.tsx';
import { Time } from '../../ui/time.tsx';
import { useFormats } from '../../ui/use-formats.ts';
import { useTranslations } from '../../words/use-translations.ts';
import type { TicketPage } from './types.ts';

const names = ['first_response', 'next_response', 'resolution'] as const;
type Clock = TicketPage['clocks'][(typeof names)[number]];

/** What was promised to the customer, and how far it is used up, in words. */
export function ClocksCard({ ticket }: { readonly ticket: TicketPage }) {
  const t = useTranslations('desk.clocks');
  const tPlans = useTranslations('tickets.plans');
  const { clocks, plan, policy } = ticket;
  const going = names.filter((name) => clocks[name].state !== 'none');
  return (
    <Card title={t('title')}>
      {going.length === 0 ? (
        <p className="text-soft">{t('none')}</p>
      ) : (
        <ul className="grid gap-3">
          {going.map((name) => (
            <li key={name}>
              <h3 className="text-[0.8125rem] font-medium">{t(name)}</h3>
              <ClockText clock={clocks[name]} />
            </li>
          ))}
        </ul>
      )}
      <p className="mt-3 text-xs text-soft">
        {t('policy', { plan: tPlans(plan), policy: policy.id, version: policy.version })}
      </p>
    </Card>
  );
}

const warnShare = 0.8;

function ClockText({ clock }: { readonly clock: Clock }) {
  const t = useTranslations('desk.clocks');
  const { duration, percent } = useFormats();
  const { state, due_at, target_ms, used_ms, met_at } = clock;
  if (state === 'met' || (state === 'breached' && met_at !== null)) {
    const at = met_at ?? due_at;
    return (
      <p className={state === 'met' ? 'text-soft' : 'text-danger'}>
        {at !== null && t.rich(state === 'met' ? 'met' : 'late', { time: () => <Time at={at} focusable /> })}
      </p>
    );
  }
  const share = target_ms === null || target_ms === 0 ? 0 : used_ms / target_ms;
  const left = duration(Math.max(0, (target_ms ?? 0) - used_ms));
  return (
    <>
      <p className={state === 'breached' ? 'font-medium text-danger' : undefined}>
        {state === 'paused'
          ? t('paused', { left })
          : due_at !== null &&
            t.rich(state === 'breached' ? 'breached' : 'running', {
              time: () => <Time at={due_at} show="relative" focusable />,
            })}
      </p>
      {target_ms !== null && (
        <>
          <div className="my-1.5">
            <Progress
              label={t('used', { share: percent(share), target: duration(target_ms) })}
              value={Math.min(1, share)}
              tone={state === 'breached' || share >= 1 ? 'bad' : share >= warnShare ? 'warn' : 'good'}
            />
          </div>
          <p className="text-xs text-soft">{t('used', { share: percent(share), target: duration(target_ms) })}</p>
        </>
      )}
    </>
  );
}
