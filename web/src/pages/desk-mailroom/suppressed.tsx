import { MailCheck, Plus, Undo2 } from 'lucide-react';
import { useState } from 'react';
import { type Answer, api } from '../../api/client.ts';
import { useChanged, usePages } from '../../api/queries.ts';
import { useFilters } from '../../navigation.tsx';
import { useStaffCan } from '../../session.tsx';
import { Badge, type Tone } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import type { Column } from '../../ui/data-table.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Field } from '../../ui/field.tsx';
import { FilterBar, FilterText } from '../../ui/filter-bar.tsx';
import { Form, FormActions, SubmitButton } from '../../ui/form.tsx';
import { formText } from '../../ui/form-text.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { PagedTable } from '../../ui/paged-table.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { Time } from '../../ui/time.tsx';
import { toast } from '../../ui/toasts.tsx';
import { useTranslations } from '../../words/use-translations.ts';

type Address = Answer<'/admin/v1/mail/suppressed'>['data'][number];

const path = '/admin/v1/mail/suppressed';
const tones: Readonly<Record<Address['reason'], Tone>> = { bounce: 'warn', complaint: 'bad', staff: 'neutral' };

/** Addresses that nothing is sent to any more, and why. */
export function Suppressed() {
  const t = useTranslations('deskSettings.mailroom');
  const changed = useChanged();
  const mayWrite = useStaffCan('mail.write');
  const filters = useFilters(['address']);
  const addresses = usePages(path, { query: { search: filters.values.address } }, { keepLast: true });
  const columns = useAddressColumns();
  const [adding, setAdding] = useState(false);
  const [lifting, setLifting] = useState<Address | null>(null);
  const reread = () => changed(path);
  return (
    <>
      <FilterBar
        filters={filters}
        actions={
          mayWrite && (
            <Button icon={Plus} onClick={() => setAdding(true)}>
              {t('suppress')}
            </Button>
          )
        }
      >
        <FilterText filters={filters} name="address" label={t('searchAddress')} />
      </FilterBar>
      <Card flush>
        <PagedTable
          label={t('tab.suppressed')}
          pages={addresses}
          columns={columns}
          rowKey={(row) => row.address}
          {...(mayWrite && {
            rowActions: (row: Address) => (
              <IconButton small icon={Undo2} label={t('lift')} onClick={() => setLifting(row)} />
            ),
          })}
          empty={
            filters.isSet ? (
              <EmptyState icon={MailCheck} title={t('emptyTitle')} text={t('emptyText')} />
            ) : (
              <EmptyState icon={MailCheck} title={t('noneSuppressed')} text={t('noneSuppressedText')} />
            )
          }
        />
      </Card>
      {adding && <SuppressDialog onClose={() => setAdding(false)} onSaved={reread} />}
      <ConfirmDialog
        open={lifting !== null}
        onClose={() => setLifting(null)}
        title={t('liftTitle', { address: lifting?.address ?? '' })}
        consequences={[t('liftEffects.sent'), t('liftEffects.again')]}
        action={t('lift')}
        onConfirm={async () => {
          if (lifting === null) return;
          await api.delete('/admin/v1/mail/suppressed/{address}', { params: { address: lifting.address } });
          toast({ text: t('lifted', { address: lifting.address }) });
          await reread();
        }}
      />
    </>
  );
}

interface SuppressDialogProps {
  readonly onClose: () => void;
  readonly onSaved: () => Promise<void>;
}

function SuppressDialog({ onClose, onSaved }: SuppressDialogProps) {
  const t = useTranslations('deskSettings.mailroom');
  const tUi = useTranslations('ui');
  const save = async (values: FormData) => {
    const address = formText(values, 'address');
    await api.post(path, { body: { address, detail: formText(values, 'detail') } });
    await onSaved();
    toast({ text: t('suppressedToast', { address }) });
    onClose();
  };
  return (
    <Dialog open onClose={onClose} title={t('suppressTitle')} description={t('suppressText')}>
      <Form onSubmit={save}>
        <Field name="address" label={t('address')} required>
          <TextInput type="email" maxLength={254} autoComplete="off" />
        </Field>
        <Field name="detail" label={t('detail')} hint={t('detailHint')} optional>
          <TextInput maxLength={300} />
        </Field>
        <FormActions>
          <Button onClick={onClose}>{tUi('cancel')}</Button>
          <SubmitButton>{t('suppress')}</SubmitButton>
        </FormActions>
      </Form>
    </Dialog>
  );
}

function useAddressColumns(): readonly Column<Address>[] {
  const t = useTranslations('deskSettings.mailroom');
  return [
    {
      id: 'address',
      header: t('address'),
      className: 'sm:max-w-72',
      cell: (row) => <span className="block truncate">{row.address}</span>,
    },
    {
      id: 'reason',
      header: t('why'),
      cell: (row) => <Badge tone={tones[row.reason]}>{t(`reasons.${row.reason}`)}</Badge>,
    },
    { id: 'detail', header: t('detail'), wrap: true, className: 'sm:max-w-96', cell: (row) => row.detail || '–' },
    { id: 'since', header: t('since'), end: true, cell: (row) => <Time at={row.created_at} show="relative" /> },
  ];
}
