import { X } from 'lucide-react';
import type { Filters } from '../../navigation.tsx';
import { ticketPriorities } from '../../tickets/states.ts';
import { FilterBar, FilterSelect, FilterText } from '../../ui/filter-bar.tsx';
import { withoutSecret } from '../../ui/without-secret.ts';
import { useTranslations } from '../../words/use-translations.ts';
import type { FilterName } from './question.ts';
import type { Assignee } from './types.ts';

interface InboxFiltersProps {
  readonly filters: Filters<FilterName>;
  readonly assignees: readonly Assignee[];
}

const chipNames = ['tag', 'organization', 'account', 'requester'] as const;

/** Search and filters of the list; those that come with a link stand below as chips. */
export function InboxFilters({ filters, assignees }: InboxFiltersProps) {
  const t = useTranslations('desk.filters');
  const tPriorities = useTranslations('tickets.priorities');
  const chips = chipNames.filter((name) => filters.values[name] !== undefined);
  const { values } = filters;
  const words = {
    tag: t('tag', { tag: values.tag ?? '' }),
    organization: t('organization'),
    account: t('requester', { address: values.account ?? '' }),
    requester: t('requester', { address: values.requester ?? '' }),
  };
  // A view is no filter: what is cleared is what narrows it.
  const narrowing = {
    ...filters,
    isSet: Object.keys(values).some((name) => name !== 'view' && name !== 'queue'),
    clear: () =>
      filters.set(
        Object.fromEntries(
          Object.keys(values).map((name) => [name, name === 'view' || name === 'queue' ? values[name] : undefined]),
        ),
      ),
  };
  return (
    <>
      <FilterBar filters={narrowing}>
        <FilterText filters={filters} name="q" label={t('search')} tidy={withoutSecret} />
        {values.q === undefined && (
          <>
            <FilterSelect
              filters={filters}
              name="priority"
              label={t('priority')}
              all={t('anyPriority')}
              options={ticketPriorities.map((value) => ({ value, label: tPriorities(value) })).toReversed()}
            />
            <FilterSelect
              filters={filters}
              name="assignee"
              label={t('assignee')}
              all={t('anyAssignee')}
              options={assignees.map(({ id, name, email }) => ({ value: id, label: name || email }))}
            />
          </>
        )}
      </FilterBar>
      {chips.length > 0 && values.q === undefined && (
        <ul className="mb-4 flex flex-wrap gap-2">
          {chips.map((name) => (
            <li key={name}>
              <button
                type="button"
                aria-label={t('remove', { filter: words[name] })}
                onClick={() => filters.set({ [name]: undefined })}
                className="flex min-h-7 max-w-full items-center gap-1.5 rounded-full border border-line bg-card py-0.5 pr-2 pl-3 text-[0.8125rem] hover:border-edge hover:bg-sunk"
              >
                <span className="truncate">{words[name]}</span>
                <X aria-hidden="true" className="size-3.5 shrink-0 text-soft" />
              </button>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
