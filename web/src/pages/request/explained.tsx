import { useTranslations } from 'use-intl';
import { Banner } from '../../ui/banner.tsx';
import { cx } from '../../ui/cx.ts';
import { ChargeCard } from './charge.tsx';
import { FactsCard, StaffCard } from './facts.tsx';
import { Headline } from './headline.tsx';
import { LimitCard } from './limit.tsx';
import { SupportCard } from './support.tsx';
import { TimelineCard } from './timeline.tsx';
import type { RequestView } from './view.ts';

/** One call, explained: for its owner, and for staff. */
export function Explained({ view }: { readonly view: RequestView }) {
  const t = useTranslations('request.staff');
  return (
    <div className="grid gap-5">
      {view.isForeign && (
        <Banner title={t('foreign')}>
          <p>
            {view.staff?.organizationName == null
              ? t('unowned')
              : t('foreignText', { organization: view.staff.organizationName })}
          </p>
        </Banner>
      )}
      <Headline view={view} />
      <TimelineCard view={view} />
      <div className={cx('grid gap-5', view.limit !== null && 'lg:grid-cols-[minmax(0,1fr)_22rem]')}>
        <ChargeCard view={view} />
        <LimitCard view={view} />
      </div>
      <FactsCard view={view} />
      <StaffCard view={view} />
      <SupportCard view={view} />
    </div>
  );
}
