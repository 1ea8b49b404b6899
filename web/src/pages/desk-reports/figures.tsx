import { Duration } from '../../ui/duration.tsx';
import { Numbers } from '../../ui/numbers.tsx';
import { Stat } from '../../ui/stat.tsx';
import { useFormats } from '../../ui/use-formats.ts';
import { useTranslations } from '../../words/use-translations.ts';
import type { ReportLine } from './index.tsx';

/** From which share of missed targets on it is worth a look, and worth getting up. */
const warnMet = 0.95;
const badMet = 0.8;

/** The sums of the range. Undefined: on their way. Null: no ticket was opened. */
export function Figures({ line }: { readonly line: ReportLine | null | undefined }) {
  const t = useTranslations('deskSettings.reports');
  const { number, percent, duration } = useFormats();
  const given = line ?? noLine;
  const ready = line !== undefined;
  const met = given.with_target === 0 ? null : given.target_met / given.with_target;
  const p90 = given.first_response_p90_ms;
  return (
    <div className="grid grid-cols-2 gap-3 lg:grid-cols-3">
      <Stat
        label={t('opened')}
        value={ready ? <Numbers value={given.opened} /> : null}
        text={t('openedText', { solved: number(given.solved) })}
      />
      <Stat
        label={t('firstResponse')}
        value={ready ? <TimeOf ms={given.first_response_median_ms} /> : null}
        text={p90 === null ? t('noResponse') : t('firstResponseText', { p90: duration(p90) })}
      />
      <Stat
        label={t('resolution')}
        value={ready ? <TimeOf ms={given.resolution_median_ms} /> : null}
        text={t('resolutionText')}
      />
      <Stat
        label={t('targetsMet')}
        value={ready ? (met === null ? '–' : percent(met)) : null}
        text={
          met === null
            ? t('noTargets')
            : t('targetsText', { met: number(given.target_met), all: number(given.with_target) })
        }
        tone={met === null || met >= warnMet ? 'neutral' : met >= badMet ? 'warn' : 'bad'}
      />
      <Stat
        label={t('reopened')}
        value={ready ? (given.opened === 0 ? '–' : percent(given.reopened / given.opened)) : null}
        text={t('reopenedText', { count: number(given.reopened), solved: number(given.opened) })}
      />
      <Stat
        label={t('satisfaction')}
        value={ready ? <Rating mean={given.rating_mean} /> : null}
        text={given.rated === 0 ? t('noRatings') : t('satisfactionText', { count: given.rated })}
      />
    </div>
  );
}

const noLine: ReportLine = {
  group: '',
  opened: 0,
  solved: 0,
  first_response_median_ms: null,
  first_response_p90_ms: null,
  resolution_median_ms: null,
  with_target: 0,
  target_met: 0,
  reopened: 0,
  rated: 0,
  rating_mean: null,
};

export function TimeOf({ ms }: { readonly ms: number | null }) {
  return ms === null ? '–' : <Duration ms={ms} />;
}

export function Rating({ mean }: { readonly mean: number | null }) {
  const { number } = useFormats();
  return mean === null ? '–' : number(mean, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
}
