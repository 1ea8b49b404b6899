import { useId, useState } from 'react';
import { api, type Body } from '../../api/client.ts';
import { useChanged } from '../../api/queries.ts';
import { useLanguage } from '../../language.tsx';
import { useOrganization } from '../../session.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Form, FormActions, SubmitButton } from '../../ui/form.tsx';
import { Select } from '../../ui/select.tsx';
import { Textarea } from '../../ui/textarea.tsx';
import { toast } from '../../ui/toasts.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { addressesIn } from '../organization-parts/addresses.ts';
import { RoleChoice } from '../organization-parts/role-choice.tsx';
import { TeamChoice } from '../organization-parts/team-choice.tsx';
import { InviteOutcome, type Outcome } from './invite-outcome.tsx';

/** As many as the API takes at once. */
const most = 50;
const path = '/control/v1/organizations/{organization}/invitations';
/** They say how many invitations offer them. */
const roles = '/control/v1/organizations/{organization}/roles';

/** Invites several people at once, with the same roles and teams. */
export function InviteDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useTranslations('members');
  const { id: organization, name } = useOrganization();
  const changed = useChanged();
  const [outcomes, setOutcomes] = useState<readonly Outcome[] | null>(null);
  const send = async (body: Body<typeof path>) => {
    const { data } = await api.post(path, { params: { organization }, body });
    await changed(path, roles);
    if (data.some(({ outcome }) => outcome !== 'invited')) return setOutcomes(data);
    toast({ text: t('invited', { count: data.length, email: data[0]?.email ?? '' }) });
    onClose();
  };
  return (
    <Dialog open onClose={onClose} size="medium" title={t('inviteTitle', { name })} description={t('inviteText')}>
      {outcomes === null ? (
        <InviteForm onSend={send} onClose={onClose} />
      ) : (
        <InviteOutcome outcomes={outcomes} onDone={onClose} />
      )}
    </Dialog>
  );
}

interface InviteFormProps {
  readonly onSend: (body: Body<typeof path>) => Promise<void>;
  readonly onClose: () => void;
}

function InviteForm({ onSend, onClose }: InviteFormProps) {
  const t = useTranslations('members');
  const tUi = useTranslations('ui');
  const { id: language } = useLanguage();
  const [text, setText] = useState('');
  const [roles, setRoles] = useState<readonly string[]>(['developer']);
  const [teams, setTeams] = useState<readonly string[]>([]);
  const countId = useId();
  const { emails, wrong } = addressesIn(text);
  const check = (): Readonly<Record<string, string>> => {
    if (wrong.length > 0) return { emails: t('wrongAddresses', { text: wrong.slice(0, 3).join(', ') }) };
    if (emails.length === 0) return { emails: t('noAddress') };
    return emails.length > most ? { emails: t('tooManyAddresses', { most }) } : {};
  };
  const submit = (values: FormData) =>
    onSend({
      emails: [...emails],
      roles: [...roles],
      teams: [...teams],
      locale: values.get('locale') === 'zh' ? 'zh' : 'en',
    });
  return (
    <Form onSubmit={submit} check={check}>
      <Field
        name="emails"
        label={t('addresses')}
        hint={
          <span className="flex flex-wrap justify-between gap-x-4">
            {t('addressesHint')}
            <span id={countId} role="status">
              {emails.length > 0 && t('addressCount', { count: emails.length })}
            </span>
          </span>
        }
      >
        <Textarea
          code
          className="min-h-20"
          value={text}
          onChange={(event) => setText(event.target.value)}
          autoComplete="off"
          spellCheck={false}
          placeholder={t('addressesExample')}
        />
      </Field>
      <div className="grid gap-5 sm:grid-cols-2">
        <RoleChoice value={roles} onChange={setRoles} />
        <div className="grid content-start gap-5">
          <TeamChoice value={teams} onChange={setTeams} />
          <Field name="locale" label={t('inviteLanguage')} hint={t('inviteLanguageHint')}>
            <Select
              defaultValue={language}
              options={[
                { value: 'en', label: 'English' },
                { value: 'zh', label: '简体中文' },
              ]}
            />
          </Field>
        </div>
      </div>
      <FormActions>
        <Button onClick={onClose}>{tUi('cancel')}</Button>
        <SubmitButton>{t('sendInvitations', { count: Math.max(1, emails.length) })}</SubmitButton>
      </FormActions>
    </Form>
  );
}
