import { useState } from 'react';
import { api } from '../../api/client.ts';
import { useChanged } from '../../api/queries.ts';
import type { Group } from '../../api/schema.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Form, FormActions, SubmitButton } from '../../ui/form.tsx';
import { formText } from '../../ui/form-text.ts';
import { RadioCards } from '../../ui/radio-cards.tsx';
import { Select } from '../../ui/select.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { toast } from '../../ui/toasts.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { useVendors } from '../operator-parts/catalogue-reads.ts';

interface GroupDialogProps {
  /** Left out: a new one. */
  readonly group?: Group;
  readonly onClose: () => void;
  readonly onSaved?: (group: Group) => void;
}

const kinds = ['wallet', 'subscription'] as const;

/** Makes a group, or changes it. */
export function GroupDialog({ group, onClose, onSaved }: GroupDialogProps) {
  const t = useTranslations('catalogue.groups');
  const tShared = useTranslations('catalogue');
  const tUi = useTranslations('ui');
  const changed = useChanged();
  const vendors = useVendors().data?.data ?? [];
  const [kind, setKind] = useState<Group['kind']>(group?.kind ?? 'wallet');
  const save = async (values: FormData) => {
    const saved = await api.put('/admin/v1/groups/{group}', {
      params: { group: group?.id ?? formText(values, 'id') },
      query: { expect: group ? 'existing' : 'new' },
      body: {
        display_name: formText(values, 'display_name'),
        ...(group ? {} : { vendor: formText(values, 'vendor') }),
        kind,
        multiplier: formText(values, 'multiplier'),
        pass_through: values.has('pass_through'),
        enabled: group ? group.enabled : true,
      },
    });
    toast({ text: group ? tShared('saved') : t('added', { name: saved.display_name }) });
    await changed('/admin/v1/groups', '/admin/v1/groups/{group}');
    onClose();
    onSaved?.(saved);
  };
  return (
    <Dialog
      open
      onClose={onClose}
      size="medium"
      title={group ? t('editTitle', { name: group.display_name }) : t('addTitle')}
      description={group && t('vendorFixed')}
    >
      <Form onSubmit={save}>
        {!group && (
          <div className="grid gap-5 sm:grid-cols-2">
            <Field name="vendor" label={tShared('vendor')} required>
              <Select options={vendors.map(({ id, display_name }) => ({ value: id, label: display_name }))} />
            </Field>
            <Field name="id" label={tShared('id')} hint={tShared('idHint')} required>
              <TextInput code maxLength={63} pattern="[a-z0-9][a-z0-9\-]*" title={tShared('idHint')} />
            </Field>
          </div>
        )}
        <div className="grid gap-5 sm:grid-cols-2">
          <Field name="display_name" label={t('displayName')} hint={t('displayNameHint')} required>
            <TextInput maxLength={100} defaultValue={group?.display_name} />
          </Field>
          <Field name="multiplier" label={t('multiplier')} hint={t('multiplierHint')} required>
            <TextInput
              inputMode="decimal"
              maxLength={12}
              pattern="[0-9]+(\.[0-9]{1,4})?"
              defaultValue={group?.multiplier ?? '1'}
              suffix="×"
            />
          </Field>
        </div>
        <RadioCards
          name="kind"
          label={t('kind')}
          value={kind}
          onChange={setKind}
          columns={2}
          cards={kinds.map((value) => ({ value, title: t(`kinds.${value}`), text: t(`kindTexts.${value}`) }))}
        />
        <Checkbox
          name="pass_through"
          label={t('passThrough')}
          hint={t('passThroughHint')}
          defaultChecked={group?.pass_through ?? true}
        />
        <FormActions>
          <Button onClick={onClose}>{tUi('cancel')}</Button>
          <SubmitButton>{group ? tShared('save') : t('add')}</SubmitButton>
        </FormActions>
      </Form>
    </Dialog>
  );
}
