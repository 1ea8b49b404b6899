import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api/client.ts';
import { useRead } from '../../api/queries.ts';
import { Link } from '../../navigation.tsx';
import { useStaffCan } from '../../session.tsx';
import { Button, buttonLook } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { SkeletonText } from '../../ui/skeleton.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { ScrolledText } from './scrolled-text.tsx';
import type { Macro } from './types.ts';

export interface UsedMacro {
  readonly name: string;
  readonly text: string;
  readonly actions: Macro['actions'];
}

interface MacroDialogProps {
  readonly ticket: string;
  readonly open: boolean;
  readonly onClose: () => void;
  readonly onUse: (macro: UsedMacro) => void;
}

/** Chooses a macro, filled in for this ticket. */
export function MacroDialog(props: MacroDialogProps) {
  const { open, onClose } = props;
  const t = useTranslations('desk.composer');
  return (
    <Dialog open={open} onClose={onClose} title={t('macros')} size="large">
      <MacroChoice {...props} />
    </Dialog>
  );
}

function MacroChoice({ ticket, onClose, onUse }: MacroDialogProps) {
  const t = useTranslations('desk.composer');
  const mayMake = useStaffCan('desk.write');
  const [search, setSearch] = useState('');
  const [chosen, setChosen] = useState<string | null>(null);
  const reading = useRead('/admin/v1/macros', {});
  return (
    <Loaded reading={reading} skeleton={<SkeletonText lines={6} />}>
      {({ data }) => {
        const wanted = search.trim().toLowerCase();
        const found = data.filter(
          ({ name, texts }) =>
            name.toLowerCase().includes(wanted) ||
            Object.values(texts).some((text) => text?.toLowerCase().includes(wanted)),
        );
        const current = found.find(({ id }) => id === chosen) ?? found[0];
        if (data.length === 0) {
          return (
            <div className="grid justify-items-start gap-3">
              <p className="text-soft">{t('macroNone')}</p>
              {mayMake && (
                <Link to="/desk/macros" className={buttonLook()}>
                  {t('macroMake')}
                </Link>
              )}
            </div>
          );
        }
        return (
          <div className="grid gap-4 sm:grid-cols-[14rem_minmax(0,1fr)]">
            <div className="grid content-start gap-2">
              <TextInput
                type="search"
                aria-label={t('macroSearch')}
                placeholder={t('macroSearch')}
                value={search}
                onChange={(event) => setSearch(event.target.value)}
              />
              <ul className="grid max-h-72 gap-px overflow-y-auto">
                {found.map(({ id, name }) => (
                  <li key={id}>
                    <button
                      type="button"
                      aria-pressed={id === current?.id}
                      onClick={() => setChosen(id)}
                      className={cx(
                        'w-full rounded-lg px-2.5 py-1.5 text-left -outline-offset-2',
                        id === current?.id ? 'bg-accent-wash font-medium text-accent-strong' : 'hover:bg-sunk',
                      )}
                    >
                      {name}
                    </button>
                  </li>
                ))}
              </ul>
            </div>
            {current && (
              <Preview
                key={current.id}
                ticket={ticket}
                macro={current}
                onUse={(used) => {
                  onUse(used);
                  onClose();
                }}
              />
            )}
          </div>
        );
      }}
    </Loaded>
  );
}

interface PreviewProps {
  readonly ticket: string;
  readonly macro: Macro;
  readonly onUse: (macro: UsedMacro) => void;
}

function Preview({ ticket, macro, onUse }: PreviewProps) {
  const t = useTranslations('desk.composer');
  const tTickets = useTranslations('tickets');
  const { id, name, actions } = macro;
  const { data, error, refetch } = useQuery({
    queryKey: ['macro', ticket, id],
    queryFn: ({ signal }) =>
      api.post('/admin/v1/tickets/{ticket}/macros/{macro}', { params: { ticket, macro: id }, signal }),
  });
  const sets = [
    actions.state && tTickets(`states.${actions.state}`),
    actions.queue && tTickets(`queues.${actions.queue}`),
    actions.priority && tTickets(`priorities.${actions.priority}`),
    ...(actions.add_tags ?? []),
  ].filter(Boolean);
  return (
    <div className="grid min-w-0 content-start gap-3">
      {error !== null ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : data === undefined ? (
        <SkeletonText lines={5} />
      ) : (
        <ScrolledText label={t('macroPreview')}>{data.text}</ScrolledText>
      )}
      {sets.length > 0 && (
        <p className="text-[0.8125rem] text-soft">{t('macroActions', { actions: sets.join(', ') })}</p>
      )}
      <div className="flex justify-end">
        <Button
          variant="primary"
          disabled={data === undefined}
          onClick={() => data && onUse({ name, text: data.text, actions: data.actions })}
        >
          {t('macroInsert')}
        </Button>
      </div>
    </div>
  );
}
