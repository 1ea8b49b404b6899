import { Plus, X } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useStaffCan } from '../../session.tsx';
import {
  nextStates,
  type TicketLocale,
  type TicketQueue,
  ticketPriorities,
  ticketQueues,
  ticketStates,
} from '../../tickets/states.ts';
import { Card } from '../../ui/card.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { oneOf } from '../../ui/one-of.ts';
import { type Option, Select } from '../../ui/select.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import type { Change } from '../desk/change-ticket.ts';
import type { Assignee } from '../desk/types.ts';
import type { TicketPage } from './types.ts';

interface PropertiesCardProps {
  readonly ticket: TicketPage;
  readonly assignees: readonly Assignee[];
  readonly viewerId: string;
  readonly mayWrite: boolean;
  readonly onChange: (change: Change, said: string) => Promise<unknown>;
}

const locales = ['en', 'zh'] as const satisfies readonly TicketLocale[];

/** What a ticket is sorted by. Every choice takes effect at once and can be taken back. */
export function PropertiesCard({ ticket, assignees, viewerId, mayWrite, onChange }: PropertiesCardProps) {
  const t = useTranslations('desk');
  const tTickets = useTranslations('tickets');
  const security = useStaffCan('tickets.security');
  const [moving, setMoving] = useState<TicketQueue | null>(null);
  const { id, state, queue, priority, assignee, locale } = ticket;
  const frozen = !mayWrite || ticket.merged_into !== null;
  const toQueue = (next: TicketQueue) =>
    onChange({ queue: next }, t('done.queue', { id, queue: tTickets(`queues.${next}`) }));
  const chooseQueue = (value: string) => {
    const next = oneOf(ticketQueues, value);
    if (next === undefined) return;
    if ((next === 'vulnerability') !== (queue === 'vulnerability')) setMoving(next);
    else void toQueue(next);
  };
  const assign = (value: string) => {
    const name = assignees.find((one) => one.id === value)?.name ?? value;
    const said = value === '' ? t('done.unassigned', { id }) : t('done.assigned', { id, name });
    void onChange({ assignee: value === '' ? null : value }, said);
  };
  const stateOptions = ticketStates
    .filter((one) => nextStates[state].includes(one))
    .map((value) => ({ value, label: tTickets(`states.${value}`) }));
  return (
    <Card title={t('properties.title')}>
      <div className="grid gap-3">
        <Choice
          name="state"
          label={t('properties.state')}
          value={state}
          disabled={frozen}
          options={stateOptions}
          onChoose={(value) => {
            const next = oneOf(ticketStates, value);
            if (next) void onChange({ state: next }, t('done.state', { id, state: tTickets(`states.${next}`) }));
          }}
        />
        <Choice
          name="assignee"
          label={t('properties.assignee')}
          value={assignee?.id ?? ''}
          disabled={frozen}
          options={useAssigneeOptions(ticket, assignees, viewerId)}
          onChoose={assign}
        />
        <Choice
          name="priority"
          label={t('properties.priority')}
          value={priority}
          disabled={frozen}
          options={ticketPriorities.map((value) => ({ value, label: tTickets(`priorities.${value}`) }))}
          onChoose={(value) => {
            const next = oneOf(ticketPriorities, value);
            if (next)
              void onChange({ priority: next }, t('done.priority', { id, priority: tTickets(`priorities.${next}`) }));
          }}
        />
        <Choice
          name="queue"
          label={t('properties.queue')}
          value={queue}
          disabled={frozen}
          options={ticketQueues
            .filter((value) => value !== 'vulnerability' || security)
            .map((value) => ({ value, label: tTickets(`queues.${value}`) }))}
          onChoose={chooseQueue}
        />
        <Choice
          name="locale"
          label={t('properties.locale')}
          value={locale}
          disabled={frozen}
          options={locales.map((value) => ({ value, label: t(`languages.${value}`) }))}
          onChoose={(value) => {
            const next = oneOf(locales, value);
            if (next) void onChange({ locale: next }, t('done.locale', { language: t(`languages.${next}`) }));
          }}
        />
        <Tags tags={ticket.tags} frozen={frozen} onChange={(change) => onChange(change, t('done.tags'))} />
      </div>
      <ConfirmDialog
        open={moving !== null}
        onClose={() => setMoving(null)}
        title={t(moving === 'vulnerability' ? 'properties.intoVulnerability' : 'properties.outOfVulnerability')}
        description={t(
          moving === 'vulnerability' ? 'properties.intoVulnerabilityText' : 'properties.outOfVulnerabilityText',
        )}
        action={t('properties.move')}
        onConfirm={async () => {
          if (moving) await toQueue(moving);
        }}
      />
    </Card>
  );
}

function useAssigneeOptions(ticket: TicketPage, assignees: readonly Assignee[], viewerId: string): Option[] {
  const t = useTranslations('desk.properties');
  const fitting = assignees.filter(({ security }) => ticket.queue !== 'vulnerability' || security);
  const named = fitting.map(({ id, name, email }) => ({
    value: id,
    label: id === viewerId ? t('me', { name: name || email }) : name || email,
  }));
  const mine = named.filter(({ value }) => value === viewerId);
  const others = named.filter(({ value }) => value !== viewerId);
  const { assignee } = ticket;
  // Whoever was staff once stays named.
  const former =
    assignee === null || named.some(({ value }) => value === assignee.id)
      ? []
      : [{ value: assignee.id, label: t('former', { name: assignee.name || assignee.email }) }];
  return [{ value: '', label: t('nobody') }, ...mine, ...others, ...former];
}

interface ChoiceProps {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly disabled: boolean;
  readonly options: readonly Option[];
  readonly onChoose: (value: string) => void;
}

function Choice({ name, label, value, disabled, options, onChoose }: ChoiceProps) {
  return (
    <Field name={name} label={label}>
      <Select value={value} disabled={disabled} options={options} onChange={(event) => onChoose(event.target.value)} />
    </Field>
  );
}

interface TagsProps {
  readonly tags: readonly string[];
  readonly frozen: boolean;
  readonly onChange: (change: Change) => Promise<unknown>;
}

function Tags({ tags, frozen, onChange }: TagsProps) {
  const t = useTranslations('desk.properties');
  const [text, setText] = useState('');
  const add = async (event: FormEvent) => {
    event.preventDefault();
    const tag = text.trim();
    if (tag === '') return;
    setText('');
    await onChange({ add_tags: [tag] });
  };
  return (
    <div>
      <p className="mb-1.5 font-medium">{t('tags')}</p>
      {tags.length > 0 && (
        <ul className="mb-2 flex flex-wrap gap-1.5">
          {tags.map((tag) => (
            <li
              key={tag}
              className="flex max-w-full items-center gap-0.5 rounded-md bg-sunk py-0.5 pr-0.5 pl-2 text-xs"
            >
              <span className="min-w-0 truncate">{tag}</span>
              {!frozen && (
                <IconButton
                  small
                  icon={X}
                  label={t('removeTag', { tag })}
                  onClick={() => void onChange({ remove_tags: [tag] })}
                  className="-my-1"
                />
              )}
            </li>
          ))}
        </ul>
      )}
      {!frozen && (
        <form onSubmit={(event) => void add(event)}>
          <TextInput
            aria-label={t('addTag')}
            placeholder={t('addTag')}
            value={text}
            maxLength={40}
            autoComplete="off"
            onChange={(event) => setText(event.target.value)}
            suffix={<IconButton small icon={Plus} type="submit" label={t('addTag')} />}
          />
        </form>
      )}
    </div>
  );
}
