import { api } from '../../api/client.ts';
import type { Team } from '../../api/schema.ts';
import { useOrganization } from '../../session.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Form, FormActions, SubmitButton } from '../../ui/form.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { Textarea } from '../../ui/textarea.tsx';
import { toast } from '../../ui/toasts.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { useMembersChanged } from './use-members-changed.ts';

interface TeamDialogProps {
  /** To be changed; otherwise one is made. */
  readonly team?: Team;
  readonly onClose: () => void;
  readonly onMade?: (team: Team) => void;
}

const path = '/control/v1/organizations/{organization}/teams';

export function TeamDialog({ team, onClose, onMade }: TeamDialogProps) {
  const t = useTranslations('teams');
  const tUi = useTranslations('ui');
  const { id: organization } = useOrganization();
  const changed = useMembersChanged();
  const save = async (values: FormData) => {
    const body = { name: String(values.get('name')).trim(), note: String(values.get('note')).trim() };
    const saved = team
      ? await api.patch(`${path}/{team}`, { params: { organization, team: team.id }, body })
      : await api.post(path, { params: { organization }, body, idempotency: true });
    toast({ text: t(team ? 'changed' : 'made', { name: saved.name }) });
    onClose();
    onMade?.(saved);
    await changed();
  };
  return (
    <Dialog open onClose={onClose} title={t(team ? 'changeTitle' : 'makeTitle')}>
      <Form onSubmit={save}>
        <Field name="name" label={t('name')} required>
          <TextInput maxLength={100} defaultValue={team?.name ?? ''} autoComplete="off" />
        </Field>
        <Field name="note" label={t('note')} hint={t('noteHint')} optional>
          <Textarea rows={2} maxLength={500} defaultValue={team?.note ?? ''} />
        </Field>
        <FormActions>
          <Button onClick={onClose}>{tUi('cancel')}</Button>
          <SubmitButton>{t(team ? 'save' : 'create')}</SubmitButton>
        </FormActions>
      </Form>
    </Dialog>
  );
}
