import { api } from '../../api/client.ts';
import { useChanged } from '../../api/queries.ts';
import { useCan, useOrganization } from '../../session.tsx';
import { Card } from '../../ui/card.tsx';
import { Field } from '../../ui/field.tsx';
import { Form, SubmitButton } from '../../ui/form.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { toast } from '../../ui/toasts.tsx';
import { useTranslations } from '../../words/use-translations.ts';

const path = '/control/v1/organizations/{organization}';

export function Rename() {
  const t = useTranslations('organization');
  const { id: organization, name } = useOrganization();
  const may = useCan('organization.write');
  const changed = useChanged();
  if (!may) return null;
  const save = async (values: FormData) => {
    const renamed = await api.patch(path, {
      params: { organization },
      body: { name: String(values.get('name')).trim() },
    });
    toast({ text: t('renamed', { name: renamed.name }) });
    await changed('/control/v1/session', path);
  };
  return (
    <Card title={t('rename')} description={t('renameText')}>
      <Form onSubmit={save} className="max-w-xl">
        <div className="flex flex-wrap items-end gap-2">
          <Field name="name" label={t('name')} required className="min-w-0 grow basis-64">
            <TextInput maxLength={100} defaultValue={name} autoComplete="organization" />
          </Field>
          <SubmitButton>{t('save')}</SubmitButton>
        </div>
      </Form>
    </Card>
  );
}
