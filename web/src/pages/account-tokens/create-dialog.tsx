import { useState } from 'react';
import { api } from '../../api/client.ts';
import { useChanged } from '../../api/queries.ts';
import { presentPassword, usePasswordOnDemand } from '../../identity/present-password.tsx';
import { useSession } from '../../session.tsx';
import { useSite } from '../../site.ts';
import { Button } from '../../ui/button.tsx';
import { CodeBlock } from '../../ui/code-block.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field, FieldError } from '../../ui/field.tsx';
import { Form, FormActions, SubmitButton } from '../../ui/form.tsx';
import { formText } from '../../ui/form-text.ts';
import { SecretReveal } from '../../ui/secret-reveal.tsx';
import { Select } from '../../ui/select.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { ExpiryFields, expiryOf } from './expiry-fields.tsx';
import { PermissionPicker } from './permission-picker.tsx';
import { isReading, offeredPermissions, type TokenPermission } from './permissions.ts';

export function CreateTokenDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useTranslations('account');
  const session = useSession();
  const changed = useChanged();
  const { field, attempt } = usePasswordOnDemand();
  const [organization, setOrganization] = useState('');
  const [picked, setPicked] = useState<ReadonlySet<TokenPermission>>(new Set());
  const [missing, setMissing] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);
  const offered = offeredPermissions(session, organization === '' ? null : organization);
  const permissions = offered.flatMap(([, names]) => names.filter((name) => picked.has(name)));

  const create = async (values: FormData) => {
    setMissing(permissions.length === 0);
    if (permissions.length === 0) return;
    const body = {
      name: formText(values, 'name'),
      permissions,
      organization: organization === '' ? null : organization,
      expires_at: expiryOf(values, Date.now()),
      ...presentPassword(values),
    };
    await attempt(async () => setSecret((await api.post('/control/v1/account/tokens', { body })).secret));
  };
  const finish = async () => {
    onClose();
    await changed('/control/v1/account/tokens');
  };
  if (secret !== null) return <SecretDialog secret={secret} permissions={permissions} onDone={() => void finish()} />;
  return (
    <Dialog open onClose={onClose} size="medium" title={t('tokens.createTitle')}>
      <Form onSubmit={create}>
        <Field name="name" label={t('tokens.name')} hint={t('tokens.nameHint')} required>
          <TextInput maxLength={100} autoComplete="off" />
        </Field>
        <ExpiryFields />
        {session.organizations.length > 1 && (
          <Field name="organization" label={t('tokens.organization')} hint={t('tokens.organizationHint')}>
            <Select
              value={organization}
              onChange={(event) => setOrganization(event.target.value)}
              options={[
                { value: '', label: t('tokens.all') },
                ...session.organizations.map(({ id, name }) => ({ value: id, label: name })),
              ]}
            />
          </Field>
        )}
        <PermissionPicker
          groups={offered}
          picked={picked}
          onPick={(next) => {
            setPicked(next);
            setMissing(false);
          }}
        />
        {missing && <FieldError id="permissions-missing" text={t('tokens.permissionsMissing')} />}
        {field}
        <FormActions>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <SubmitButton>{t('tokens.create')}</SubmitButton>
        </FormActions>
      </Form>
    </Dialog>
  );
}

interface SecretDialogProps {
  readonly secret: string;
  readonly permissions: readonly TokenPermission[];
  readonly onDone: () => void;
}

/** The secret, and a call that shows that it works. */
function SecretDialog({ secret, permissions, onDone }: SecretDialogProps) {
  const t = useTranslations('account.tokens');
  const { organizations } = useSession();
  const { site } = useSite();
  const place = organizations[0] ? `/control/v1/organizations/${organizations[0].id}` : null;
  const reads: readonly (readonly [TokenPermission, string | null])[] = [
    ['keys.read', place && `${place}/keys`],
    ['usage.read', place && `${place}/usage`],
    ['organization.read', place],
    ['account.read', '/control/v1/session'],
  ];
  const example = reads.find(([name, path]) => path !== null && permissions.includes(name))?.[1];
  const origin = site ? new URL(window.location.href).origin : '';
  return (
    <Dialog open dismissable={false} onClose={onDone} size="medium" title={t('created')}>
      <div className="grid gap-4">
        {example && permissions.some(isReading) && (
          <CodeBlock wrap title={t('example')} code={`curl ${origin}${example} -H "Authorization: Bearer ${secret}"`} />
        )}
        <SecretReveal label={t('created')} secret={secret} onDone={onDone} />
      </div>
    </Dialog>
  );
}
