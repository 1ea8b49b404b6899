import { useState } from 'react';
import { api } from '../../api/client.ts';
import type { Member } from '../../api/schema.ts';
import { useOrganization } from '../../session.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Form, FormActions, SubmitButton } from '../../ui/form.tsx';
import { RadioCards } from '../../ui/radio-cards.tsx';
import { Select } from '../../ui/select.tsx';
import { toast } from '../../ui/toasts.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { useAllMembers, useAllProjects } from './use-all.ts';
import { useMembersChanged } from './use-members-changed.ts';
import { useMyRank } from './use-roles.ts';

interface RemoveDialogProps {
  readonly member: Member;
  readonly onClose: () => void;
  readonly onRemoved?: () => void;
}

type Fate = 'disable' | 'organization' | 'project' | 'account';

/** Removes a member, and asks what becomes of their keys: programs may be running with them. */
export function RemoveDialog({ member, onClose, onRemoved }: RemoveDialogProps) {
  const t = useTranslations('members');
  const tUi = useTranslations('ui');
  const { id: organization } = useOrganization();
  const changed = useMembersChanged();
  const [fate, setFate] = useState<Fate>('disable');
  const name = member.name || member.email;
  const remove = async (values: FormData) => {
    const keys =
      fate === 'disable'
        ? { action: 'disable' as const }
        : {
            action: 'hand_over' as const,
            ...(fate === 'project' ? { project: String(values.get('keys.project')) } : {}),
            ...(fate === 'account' ? { account: String(values.get('keys.account')) } : {}),
          };
    const params = { organization, account: member.account_id };
    const done = await api.post('/control/v1/organizations/{organization}/members/{account}/remove', {
      params,
      body: { keys },
    });
    toast({ text: t(fate === 'disable' ? 'removed' : 'removedHandedOver', { name, count: done.keys }) });
    onClose();
    onRemoved?.();
    await changed();
  };
  return (
    <Dialog open onClose={onClose} title={t('removeTitle', { name })} description={t('removeText')}>
      <Form onSubmit={remove}>
        {member.keys === 0 ? (
          <p className="text-soft">{t('noKeys')}</p>
        ) : (
          <KeysFate member={member} fate={fate} onChange={setFate} />
        )}
        <FormActions>
          <Button onClick={onClose}>{tUi('cancel')}</Button>
          <SubmitButton danger>{t('remove')}</SubmitButton>
        </FormActions>
      </Form>
    </Dialog>
  );
}

interface KeysFateProps {
  readonly member: Member;
  readonly fate: Fate;
  readonly onChange: (fate: Fate) => void;
}

function KeysFate({ member, fate, onChange }: KeysFateProps) {
  const t = useTranslations('members');
  const mayHandOver = useMyRank().held.has('keys.write');
  const members = useAllMembers(mayHandOver);
  const projects = useAllProjects(mayHandOver);
  const others = (members ?? []).filter((each) => each.account_id !== member.account_id && each.state === 'active');
  const handedOver = [
    { value: 'organization', title: t('keysToOrganization'), text: t('keysToOrganizationText') },
    { value: 'project', title: t('keysToProject'), text: t('keysToProjectText'), disabled: projects?.length === 0 },
    { value: 'account', title: t('keysToMember'), text: t('keysToMemberText'), disabled: others.length === 0 },
  ] as const;
  const count = member.keys;
  return (
    <>
      <RadioCards
        name="fate"
        label={count === null ? t('keysFate') : t('keysFateCount', { count })}
        value={fate}
        onChange={onChange}
        cards={[
          { value: 'disable', title: t('keysDisable'), text: t('keysDisableText') },
          ...(mayHandOver ? handedOver : []),
        ]}
      />
      {fate === 'project' && (
        <Field name="keys.project" label={t('project')} required>
          <Select defaultValue="" options={chosen(t('chooseProject'), projects ?? [])} />
        </Field>
      )}
      {fate === 'account' && (
        <Field name="keys.account" label={t('member')} required>
          <Select
            defaultValue=""
            options={chosen(
              t('chooseMember'),
              others.map((each) => ({ id: each.account_id, name: `${each.name} · ${each.email}` })),
            )}
          />
        </Field>
      )}
    </>
  );
}

function chosen(none: string, items: readonly { readonly id: string; readonly name: string }[]) {
  return [{ value: '', label: none, disabled: true }, ...items.map(({ id, name }) => ({ value: id, label: name }))];
}
