import { api } from '../../api/client.ts';
import type { Project } from '../../api/schema.ts';
import { useOrganization } from '../../session.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Form, FormActions, SubmitButton } from '../../ui/form.tsx';
import { Select } from '../../ui/select.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { Textarea } from '../../ui/textarea.tsx';
import { toast } from '../../ui/toasts.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { useAllTeams } from './use-all.ts';
import { useMembersChanged } from './use-members-changed.ts';

interface ProjectDialogProps {
  /** To be changed; otherwise one is made. */
  readonly project?: Project;
  /** The team that a new one begins with. */
  readonly team?: string;
  readonly onClose: () => void;
  readonly onMade?: (project: Project) => void;
}

const path = '/control/v1/organizations/{organization}/projects';

export function ProjectDialog({ project, team, onClose, onMade }: ProjectDialogProps) {
  const t = useTranslations('projects');
  const tUi = useTranslations('ui');
  const { id: organization } = useOrganization();
  const changed = useMembersChanged();
  const save = async (values: FormData) => {
    const body = {
      name: String(values.get('name')).trim(),
      note: String(values.get('note')).trim(),
      team: String(values.get('team') ?? '') || null,
    };
    const saved = project
      ? await api.patch(`${path}/{project}`, { params: { organization, project: project.id }, body })
      : await api.post(path, { params: { organization }, body, idempotency: true });
    toast({ text: t(project ? 'changed' : 'made', { name: saved.name }) });
    onClose();
    onMade?.(saved);
    await changed();
  };
  return (
    <Dialog open onClose={onClose} title={t(project ? 'changeTitle' : 'makeTitle')}>
      <Form onSubmit={save}>
        <Field name="name" label={t('name')} required>
          <TextInput maxLength={100} defaultValue={project?.name ?? ''} autoComplete="off" />
        </Field>
        <Field name="note" label={t('note')} hint={t('noteHint')} optional>
          <Textarea rows={2} maxLength={500} defaultValue={project?.note ?? ''} />
        </Field>
        <TeamField team={project ? (project.team?.id ?? '') : (team ?? '')} />
        <FormActions>
          <Button onClick={onClose}>{tUi('cancel')}</Button>
          <SubmitButton>{t(project ? 'save' : 'create')}</SubmitButton>
        </FormActions>
      </Form>
    </Dialog>
  );
}

function TeamField({ team }: { readonly team: string }) {
  const t = useTranslations('projects');
  const teams = useAllTeams();
  if (teams === null) return <Skeleton className="h-[5.25rem] w-full" />;
  return (
    <Field name="team" label={t('team')} hint={t('teamHint')}>
      <Select
        defaultValue={team}
        options={[{ value: '', label: t('noTeam') }, ...teams.map(({ id, name }) => ({ value: id, label: name }))]}
      />
    </Field>
  );
}
