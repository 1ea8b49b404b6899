import { Signpost, X } from 'lucide-react';
import { useState } from 'react';
import { api } from '../../api/client.ts';
import { asProblem } from '../../api/problem.ts';
import { useChanged } from '../../api/queries.ts';
import type { Alias, Group } from '../../api/schema.ts';
import { useStaffCan } from '../../session.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { Field } from '../../ui/field.tsx';
import { Form, FormActions, SubmitButton } from '../../ui/form.tsx';
import { formText } from '../../ui/form-text.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { Select } from '../../ui/select.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { toast } from '../../ui/toasts.tsx';
import { useProblemWords } from '../../words/use-problem-words.ts';
import { useTranslations } from '../../words/use-translations.ts';
import { fullPage, useAll } from '../operator-parts/use-all.ts';

interface AliasesProps {
  readonly group: Group;
  /** Ids of the group's models: where an alias may lead. */
  readonly models: readonly string[];
}

export function Aliases({ group, models }: AliasesProps) {
  const t = useTranslations('catalogue.groups');
  const words = useProblemWords();
  const changed = useChanged();
  const mayWrite = useStaffCan('catalogue.write');
  const [adding, setAdding] = useState(false);
  const aliases = useAll('/admin/v1/groups/{group}/aliases', {
    params: { group: group.id },
    query: { limit: fullPage },
  });
  const reread = () => changed('/admin/v1/groups/{group}/aliases');
  const put = async (alias: string, model: string, expect?: 'new') => {
    const query = expect ? { expect } : {};
    await api.put('/admin/v1/groups/{group}/aliases/{alias}', {
      params: { group: group.id, alias },
      query,
      body: { model },
    });
    toast({ text: t('aliasAdded', { alias, model }) });
    await reread();
  };
  const told = (error: unknown) => toast({ tone: 'danger', text: words(asProblem(error)) });
  const remove = async ({ alias, model }: Alias) => {
    await api.delete('/admin/v1/groups/{group}/aliases/{alias}', { params: { group: group.id, alias } });
    toast({ text: t('aliasRemoved', { alias }), undo: () => void put(alias, model).catch(told) });
    await reread();
  };
  const add = mayWrite && models.length > 0 && (
    <Button small onClick={() => setAdding(true)}>
      {t('addAlias')}
    </Button>
  );
  return (
    <Card title={t('aliasList')} description={t('aliasListText')} actions={add} flush>
      {aliases.error && aliases.rows === null ? (
        <ErrorState error={aliases.error} onRetry={aliases.retry} />
      ) : (
        <DataTable
          label={t('aliasList')}
          rows={aliases.rows}
          rowKey={(row) => row.alias}
          columns={[
            {
              id: 'alias',
              header: t('alias'),
              cell: (row) => <code className="font-mono text-[0.8125rem]">{row.alias}</code>,
            },
            {
              id: 'model',
              header: t('aliasModel'),
              cell: (row) => <code className="font-mono text-[0.8125rem]">{row.model}</code>,
            },
          ]}
          {...(mayWrite
            ? {
                rowActions: (row: Alias) => (
                  <IconButton
                    small
                    icon={X}
                    label={t('removeAlias', { name: row.alias })}
                    onClick={() => void remove(row).catch(told)}
                  />
                ),
              }
            : {})}
          empty={<EmptyState icon={Signpost} title={t('noAliases')} text={t('noAliasesText')} />}
        />
      )}
      {adding && (
        <AliasDialog
          models={models}
          onClose={() => setAdding(false)}
          onSubmit={(alias, model) => put(alias, model, 'new')}
        />
      )}
    </Card>
  );
}

interface AliasDialogProps {
  readonly models: readonly string[];
  readonly onClose: () => void;
  readonly onSubmit: (alias: string, model: string) => Promise<void>;
}

function AliasDialog({ models, onClose, onSubmit }: AliasDialogProps) {
  const t = useTranslations('catalogue.groups');
  const tUi = useTranslations('ui');
  return (
    <Dialog open onClose={onClose} title={t('addAlias')} description={t('aliasListText')}>
      <Form
        onSubmit={async (values) => {
          await onSubmit(formText(values, 'alias'), formText(values, 'model'));
          onClose();
        }}
      >
        <Field name="alias" label={t('alias')} required>
          <TextInput code maxLength={200} />
        </Field>
        <Field name="model" label={t('aliasModel')} required>
          <Select options={models.map((id) => ({ value: id, label: id }))} />
        </Field>
        <FormActions>
          <Button onClick={onClose}>{tUi('cancel')}</Button>
          <SubmitButton>{t('addAlias')}</SubmitButton>
        </FormActions>
      </Form>
    </Dialog>
  );
}
