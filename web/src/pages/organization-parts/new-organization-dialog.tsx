import { api } from '../../api/client.ts';
import { useChanged } from '../../api/queries.ts';
import { useGo } from '../../navigation.tsx';
import { useOrganizationChoice } from '../../session.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Form, FormActions, SubmitButton } from '../../ui/form.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { toast } from '../../ui/toasts.tsx';
import { useTranslations } from '../../words/use-translations.ts';

/** Makes a shared organization and goes there. */
export function NewOrganizationDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useTranslations('organization');
  const tUi = useTranslations('ui');
  const changed = useChanged();
  const go = useGo();
  const { chooseOrganization } = useOrganizationChoice();
  const make = async (values: FormData) => {
    const name = String(values.get('name') ?? '').trim();
    const { id } = await api.post('/control/v1/organizations', { body: { name }, idempotency: true });
    await changed('/control/v1/session');
    onClose();
    chooseOrganization(id);
    toast({ text: t('made', { name }) });
    await go({ to: '/organization/members' });
  };
  return (
    <Dialog open onClose={onClose} title={t('makeTitle')} description={t('makeText')}>
      <Form onSubmit={make}>
        <Field name="name" label={t('name')} hint={t('nameHint')} required>
          <TextInput maxLength={100} autoComplete="organization" />
        </Field>
        <FormActions>
          <Button onClick={onClose}>{tUi('cancel')}</Button>
          <SubmitButton>{t('create')}</SubmitButton>
        </FormActions>
      </Form>
    </Dialog>
  );
}
