import { LogOut, Trash2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useCan, useOrganization } from '../../session.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { LeaveDialog } from '../organization-parts/leave-dialog.tsx';
import { DeleteDialog } from './delete-dialog.tsx';

/** The site's own organization, which stays. */
const permanent = 'org_site';

export function DangerZone() {
  const t = useTranslations('organization');
  const { id, kind, roles } = useOrganization();
  const mayWrite = useCan('organization.write');
  const [asking, setAsking] = useState<'leave' | 'delete' | null>(null);
  if (kind === 'personal') return null;
  const mayDelete = mayWrite && roles.includes('owner') && id !== permanent;
  const close = () => setAsking(null);
  return (
    <Card title={t('danger')} className="border-danger/40">
      <div className="grid gap-4">
        <Deed title={t('leave')} text={t('leaveText')}>
          <Button icon={LogOut} onClick={() => setAsking('leave')}>
            {t('leave')}
          </Button>
        </Deed>
        {mayDelete && (
          <Deed title={t('delete')} text={t('deleteText')}>
            <Button variant="danger" icon={Trash2} onClick={() => setAsking('delete')}>
              {t('delete')}
            </Button>
          </Deed>
        )}
      </div>
      {asking === 'leave' && <LeaveDialog onClose={close} />}
      {asking === 'delete' && <DeleteDialog onClose={close} />}
    </Card>
  );
}

interface DeedProps {
  readonly title: string;
  readonly text: string;
  readonly children: ReactNode;
}

function Deed({ title, text, children }: DeedProps) {
  return (
    <div className="flex flex-wrap items-center gap-x-6 gap-y-2 not-first:border-t not-first:border-line not-first:pt-4">
      <div className="min-w-0 grow basis-64">
        <h3 className="font-medium">{title}</h3>
        <p className="text-soft">{text}</p>
      </div>
      {children}
    </div>
  );
}
