import { Archive, ArchiveRestore, Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { api } from '../../api/client.ts';
import type { Project } from '../../api/schema.ts';
import { useGo } from '../../navigation.tsx';
import { useCan, useOrganization } from '../../session.tsx';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { toast } from '../../ui/toasts.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { ProjectDialog } from '../organization-parts/project-dialog.tsx';
import { useAttempt } from '../organization-parts/use-attempt.ts';
import { useMembersChanged } from '../organization-parts/use-members-changed.ts';

const path = '/control/v1/organizations/{organization}/projects/{project}';

export function ProjectActions({ project }: { readonly project: Project }) {
  const t = useTranslations('projects');
  const may = useCan('teams.write');
  const [asking, setAsking] = useState<'change' | 'delete' | null>(null);
  const { busy, archive, restore } = useArchive(project);
  if (!may) return null;
  const close = () => setAsking(null);
  return (
    <>
      <Button icon={Pencil} onClick={() => setAsking('change')}>
        {t('change')}
      </Button>
      {project.archived_at === null ? (
        <Button icon={Archive} busy={busy} onClick={archive}>
          {t('archive')}
        </Button>
      ) : (
        <Button icon={ArchiveRestore} busy={busy} onClick={restore}>
          {t('restore')}
        </Button>
      )}
      <Button icon={Trash2} onClick={() => setAsking('delete')}>
        {t('delete')}
      </Button>
      {asking === 'change' && <ProjectDialog project={project} onClose={close} />}
      {asking === 'delete' && <DeleteProjectDialog project={project} onArchive={archive} onClose={close} />}
    </>
  );
}

/** Either can be taken back, so nothing is asked. */
function useArchive({ id, name }: Project) {
  const t = useTranslations('projects');
  const { id: organization } = useOrganization();
  const attempt = useAttempt();
  const changed = useMembersChanged();
  const [busy, setBusy] = useState(false);
  const params = { organization, project: id };
  const into = () => api.post(`${path}/archive`, { params });
  const outOf = () => api.post(`${path}/restore`, { params });
  const run = async (work: () => Promise<unknown>, undo: () => Promise<unknown>, text: string) => {
    setBusy(true);
    await attempt({ work, undo, text, renew: changed });
    setBusy(false);
  };
  return {
    busy,
    archive: () => run(into, outOf, t('archivedToast', { name })),
    restore: () => run(outOf, into, t('restoredToast', { name })),
  };
}

interface DeleteProjectDialogProps {
  readonly project: Project;
  readonly onArchive: () => Promise<unknown>;
  readonly onClose: () => void;
}

/** One that still has keys is not deleted: it can be archived, or its keys looked at. */
function DeleteProjectDialog({ project, onArchive, onClose }: DeleteProjectDialogProps) {
  const t = useTranslations('projects');
  const { id: organization } = useOrganization();
  const changed = useMembersChanged();
  const go = useGo();
  const { id, name, keys } = project;
  if (keys !== null && keys > 0) {
    const archived = project.archived_at !== null;
    return (
      <ConfirmDialog
        open
        onClose={onClose}
        title={t('keysLeftTitle', { name, count: keys })}
        description={t('keysLeft')}
        consequences={archived ? [] : [t('archiveNoNew'), t('archiveGoOn'), t('archiveBack')]}
        action={t(archived ? 'showKeys' : 'archiveInstead')}
        onConfirm={() => (archived ? go({ to: '/keys', search: { project: id } }) : onArchive())}
      />
    );
  }
  return (
    <ConfirmDialog
      open
      danger
      onClose={onClose}
      title={t('deleteTitle', { name })}
      consequences={[t('deleteSums'), t('deleteGrants'), t('deleteFinal')]}
      action={t('delete')}
      onConfirm={async () => {
        await api.delete(path, { params: { organization, project: id } });
        toast({ text: t('deleted', { name }) });
        await go({ to: '/organization/projects', replace: true });
        await changed();
      }}
    />
  );
}
