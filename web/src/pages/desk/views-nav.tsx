import { Link } from '../../navigation.tsx';
import { useStaffCan } from '../../session.tsx';
import { type TicketQueue, ticketQueues } from '../../tickets/states.ts';
import { cx } from '../../ui/cx.ts';
import { Select } from '../../ui/select.tsx';
import { useFormats } from '../../ui/use-formats.ts';
import { useTranslations } from '../../words/use-translations.ts';
import { type Counts, type View, views } from './types.ts';

interface ViewsProps {
  readonly view: View;
  readonly queue: TicketQueue | undefined;
  /** Undefined until they are there. */
  readonly counts: Counts | undefined;
  /** A search looks into all of them: none is marked. */
  readonly searching: boolean;
}

/** What has no end is not counted. */
const uncounted: ReadonlySet<string> = new Set(['solved', 'closed', 'all']);
const countedMax = 1_000;

function useQueues(): readonly TicketQueue[] {
  const security = useStaffCan('tickets.security');
  return ticketQueues.filter((queue) => queue !== 'vulnerability' || security);
}

/** Views and queues with how many tickets are in each; beside the list where there is room. */
export function ViewsNav({ view, queue, counts, searching }: ViewsProps) {
  const t = useTranslations('desk.views');
  const tQueues = useTranslations('tickets.queues');
  const queues = useQueues();
  return (
    <nav aria-label={t('label')} className="hidden content-start gap-5 lg:grid">
      <ul className="grid gap-px">
        {views.map((name) => (
          <li key={name}>
            <ViewLink
              search={{ view: name === 'inbox' ? undefined : name }}
              label={t(name)}
              count={uncounted.has(name) ? undefined : (counts?.views as Readonly<Record<string, number>>)?.[name]}
              alarm={name === 'breaching'}
              current={!searching && queue === undefined && view === name}
            />
          </li>
        ))}
      </ul>
      <div>
        <h2 className="mb-1 px-2.5 text-xs font-medium text-faint">{t('queues')}</h2>
        <ul className="grid gap-px">
          {queues.map((name) => (
            <li key={name}>
              <ViewLink
                search={{ queue: name }}
                label={tQueues(name)}
                count={counts === undefined ? undefined : (counts.queues[name] ?? 0)}
                current={!searching && queue === name}
              />
            </li>
          ))}
        </ul>
      </div>
    </nav>
  );
}

interface ViewLinkProps {
  readonly search: Readonly<Record<string, string | undefined>>;
  readonly label: string;
  readonly count: number | undefined;
  readonly alarm?: boolean;
  readonly current: boolean;
}

function ViewLink({ search, label, count, alarm = false, current }: ViewLinkProps) {
  const t = useTranslations('desk.views');
  const { number } = useFormats();
  return (
    <Link
      to="/desk"
      search={search}
      aria-current={current ? 'page' : undefined}
      className={cx(
        'flex min-h-8 items-center justify-between gap-2 rounded-lg px-2.5 py-1 transition-colors -outline-offset-2',
        current ? 'bg-accent-wash font-medium text-accent-strong' : 'text-soft hover:bg-sunk hover:text-ink',
      )}
    >
      <span className="min-w-0">{label}</span>
      {count !== undefined && count > 0 && (
        <span className={cx('text-xs', alarm ? 'font-semibold text-danger' : !current && 'text-soft')}>
          <span aria-hidden="true">{count >= countedMax ? t('more') : number(count)}</span>
          <span className="sr-only">{t('count', { count: count >= countedMax ? t('more') : number(count) })}</span>
        </span>
      )}
    </Link>
  );
}

interface ViewSelectProps extends ViewsProps {
  readonly onChoose: (chosen: { readonly view: string | undefined; readonly queue: string | undefined }) => void;
}

/** The same on a phone. */
export function ViewSelect({ view, queue, counts, searching, onChoose }: ViewSelectProps) {
  const t = useTranslations('desk.views');
  const tQueues = useTranslations('tickets.queues');
  const { number } = useFormats();
  const queues = useQueues();
  const named = (label: string, count: number | undefined) =>
    count === undefined || count === 0 ? label : `${label} (${count >= countedMax ? t('more') : number(count)})`;
  const byView = counts?.views as Readonly<Record<string, number>> | undefined;
  const choose = (value: string) => {
    const [kind = '', name = ''] = value.split(':');
    onChoose({
      view: kind === 'view' && name !== 'inbox' ? name : undefined,
      queue: kind === 'queue' ? name : undefined,
    });
  };
  return (
    <Select
      aria-label={t('label')}
      className="w-full sm:w-64 lg:hidden"
      value={searching ? '' : queue === undefined ? `view:${view}` : `queue:${queue}`}
      onChange={(event) => choose(event.target.value)}
    >
      {searching && <option value="">–</option>}
      {views.map((name) => (
        <option key={name} value={`view:${name}`}>
          {named(t(name), uncounted.has(name) ? undefined : byView?.[name])}
        </option>
      ))}
      <optgroup label={t('queues')}>
        {queues.map((name) => (
          <option key={name} value={`queue:${name}`}>
            {named(tQueues(name), counts?.queues[name])}
          </option>
        ))}
      </optgroup>
    </Select>
  );
}
