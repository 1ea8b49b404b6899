import { Send, X } from 'lucide-react';
import { useState } from 'react';
import { api } from '../../api/client.ts';
import { useChanged } from '../../api/queries.ts';
import type { Invitation } from '../../api/schema.ts';
import { useOrganization } from '../../session.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { toast } from '../../ui/toasts.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { useAttempt } from '../organization-parts/use-attempt.ts';

const path = '/control/v1/organizations/{organization}/invitations';
/** They say how many invitations offer them. */
const roles = '/control/v1/organizations/{organization}/roles';

/** Of one that waits for an answer, or did. */
export function InvitationActions({ invitation: { id, email, state } }: { readonly invitation: Invitation }) {
  const t = useTranslations('members');
  const { id: organization } = useOrganization();
  const changed = useChanged();
  const attempt = useAttempt();
  const [busy, setBusy] = useState(false);
  const [revoking, setRevoking] = useState(false);
  if (state !== 'open' && state !== 'expired') return null;
  const params = { organization, invitation: id };
  const resend = async () => {
    setBusy(true);
    await attempt({
      work: () => api.post(`${path}/{invitation}/resend`, { params }),
      text: t('resent', { email }),
      renew: () => changed(path),
    });
    setBusy(false);
  };
  return (
    <>
      <IconButton small icon={Send} label={t('resend', { email })} disabled={busy} onClick={resend} />
      <IconButton small icon={X} label={t('revoke', { email })} onClick={() => setRevoking(true)} />
      <ConfirmDialog
        open={revoking}
        danger
        onClose={() => setRevoking(false)}
        title={t('revokeTitle', { email })}
        consequences={[t('revokeLink'), t('revokeTold')]}
        action={t('revokeAction')}
        onConfirm={async () => {
          await api.post(`${path}/{invitation}/revoke`, { params });
          toast({ text: t('revoked', { email }) });
          await changed(path, roles);
        }}
      />
    </>
  );
}
