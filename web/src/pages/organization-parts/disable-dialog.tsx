import { useState } from 'react';
import { api } from '../../api/client.ts';
import type { Member } from '../../api/schema.ts';
import { useOrganization } from '../../session.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Form, FormActions, SubmitButton } from '../../ui/form.tsx';
import { RadioCards } from '../../ui/radio-cards.tsx';
import { toast } from '../../ui/toasts.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { useMembersChanged } from './use-members-changed.ts';

interface DisableDialogProps {
  readonly member: Member;
  readonly onClose: () => void;
}

/** Disables a membership, and asks what becomes of the keys meanwhile. */
export function DisableDialog({ member, onClose }: DisableDialogProps) {
  const t = useTranslations('members');
  const tUi = useTranslations('ui');
  const { id: organization } = useOrganization();
  const changed = useMembersChanged();
  const [keys, setKeys] = useState<'disable' | 'keep'>('disable');
  const name = member.name || member.email;
  const disable = async () => {
    const params = { organization, account: member.account_id };
    await api.post('/control/v1/organizations/{organization}/members/{account}/disable', { params, body: { keys } });
    toast({ text: t('disabled', { name }) });
    await changed();
    onClose();
  };
  return (
    <Dialog open onClose={onClose} title={t('disableTitle', { name })} description={t('disableText')}>
      <Form onSubmit={disable}>
        {member.keys === 0 ? (
          <p className="text-soft">{t('noKeys')}</p>
        ) : (
          <RadioCards
            name="keys"
            label={t('keysFate')}
            value={keys}
            onChange={setKeys}
            cards={[
              { value: 'disable', title: t('keysDisable'), text: t('keysDisableText') },
              { value: 'keep', title: t('keysKeep'), text: t('keysKeepText') },
            ]}
          />
        )}
        <FormActions>
          <Button onClick={onClose}>{tUi('cancel')}</Button>
          <SubmitButton danger>{t('disable')}</SubmitButton>
        </FormActions>
      </Form>
    </Dialog>
  );
}
