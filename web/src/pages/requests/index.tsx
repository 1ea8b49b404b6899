import { useMemo, useState } from 'react';
import type { Request } from '../../api/schema.ts';
import { useFilters } from '../../navigation.tsx';
import { useOrganization } from '../../session.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { RequestFilters } from './filters.tsx';
import { RequestList } from './list.tsx';
import { usePastedRequest } from './paste.ts';
import { canGrow, type FilterValues, filterNames, questionOf } from './question.ts';

export function Page() {
  const t = useTranslations('requests');
  const title = useTranslations('shell.pages')('requests');
  const { id: organization } = useOrganization();
  const filters = useFilters(filterNames);
  const liveness = useFilters(['live']);
  const [rows, setRows] = useState<readonly Request[]>([]);
  usePastedRequest();
  const { values } = filters;
  const name = JSON.stringify(values);
  // A span up to now begins where it did when it was chosen, until somebody asks for another.
  const ask = useMemo(() => {
    const chosen = JSON.parse(name) as FilterValues;
    return { params: { organization }, query: questionOf(chosen, Date.now()) };
  }, [organization, name]);
  const mayGrow = canGrow(values, Date.now());
  const isLive = mayGrow && liveness.values['live'] !== 'off';
  return (
    <>
      <PageHeader title={title} description={t('description')} />
      <RequestFilters
        filters={filters}
        live={mayGrow ? { on: isLive, set: (on) => liveness.set({ live: on ? undefined : 'off' }) } : null}
        rows={rows}
      />
      <RequestList
        key={`${organization} ${name}`}
        ask={ask}
        live={isLive}
        narrowed={filters.isSet}
        onClear={filters.clear}
        onRows={setRows}
      />
    </>
  );
}
