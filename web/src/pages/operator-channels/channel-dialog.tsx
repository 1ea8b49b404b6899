import { useState } from 'react';
import { api } from '../../api/client.ts';
import { useChanged } from '../../api/queries.ts';
import type { Channel } from '../../api/schema.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Form, FormActions, SubmitButton } from '../../ui/form.tsx';
import { formText } from '../../ui/form-text.ts';
import { Select } from '../../ui/select.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { toast } from '../../ui/toasts.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { useGroups, useVendors } from '../operator-parts/catalogue-reads.ts';
import { newChannelId } from './new-channel-id.ts';

interface ChannelDialogProps {
  /** Left out: a new one. */
  readonly channel?: Channel;
  /** For a new one: its group, where it is settled. */
  readonly groupId?: string;
  readonly onClose: () => void;
  readonly onSaved?: (channel: Channel) => void;
}

const families = ['openai', 'anthropic', 'gemini'] as const;

/** Makes a channel, or changes it. Its credential goes in and never comes out. */
export function ChannelDialog({ channel, groupId, onClose, onSaved }: ChannelDialogProps) {
  const t = useTranslations('catalogue.channels');
  const tShared = useTranslations('catalogue');
  const tFamilies = useTranslations('operator.families');
  const tUi = useTranslations('ui');
  const changed = useChanged();
  const groups = useGroups().rows ?? [];
  const vendors = useVendors().data?.data ?? [];
  const [chosen, setChosen] = useState(groupId ?? '');
  const [away, setAway] = useState(false);
  const [wire, setWire] = useState<Channel['wire'] | ''>(channel?.wire ?? '');
  const group = groups.find(({ id }) => id === chosen) ?? groups[0];
  const ownWire = vendors.find(({ id }) => id === group?.vendor)?.family ?? 'openai';
  const hasCredential = channel !== undefined && channel.credential.state !== 'unset';
  const save = async (values: FormData) => {
    const secret = formText(values, 'credential');
    const credential = away ? { credential: null } : secret === '' ? {} : { credential: secret };
    const saved = await api.put('/admin/v1/channels/{channel}', {
      params: { channel: channel?.id ?? newChannelId(formText(values, 'id')) },
      query: { expect: channel ? 'existing' : 'new' },
      body: {
        ...(channel ? {} : { group: group?.id ?? '' }),
        name: formText(values, 'name'),
        base_url: formText(values, 'base_url'),
        ...credential,
        weight: Number(formText(values, 'weight')),
        region: formText(values, 'region') || null,
        wire: wire === '' ? ownWire : wire,
      },
    });
    toast({ text: channel ? tShared('saved') : t('added', { name: saved.name }) });
    await changed('/admin/v1/channels/{channel}', '/admin/v1/channels/health');
    onClose();
    onSaved?.(saved);
  };
  return (
    <Dialog
      open
      onClose={onClose}
      size="medium"
      title={channel ? t('editTitle', { name: channel.name }) : t('addTitle')}
      description={channel && t('groupFixed')}
    >
      <Form onSubmit={save}>
        {!channel && (
          <div className="grid gap-5 sm:grid-cols-2">
            <Field name="group" label={t('group')} required>
              <Select
                value={group?.id ?? ''}
                onChange={(event) => setChosen(event.target.value)}
                options={groups.map(({ id, display_name }) => ({ value: id, label: display_name }))}
              />
            </Field>
            <Field name="id" label={tShared('id')} hint={tShared('idHint')} optional>
              <TextInput code maxLength={63} pattern="[a-z0-9][a-z0-9_\-]*" title={tShared('idHint')} />
            </Field>
          </div>
        )}
        <Field name="name" label={t('displayName')} required>
          <TextInput maxLength={100} defaultValue={channel?.name} />
        </Field>
        <Field name="base_url" label={t('baseUrl')} hint={t('baseUrlHint')} required>
          <TextInput code maxLength={2_048} defaultValue={channel?.base_url} />
        </Field>
        <div className="grid gap-2">
          <Field
            name="credential"
            label={t('credential')}
            hint={[t('credentialHint'), hasCredential && t('credentialKeep')].filter(Boolean).join(' ')}
            optional={!hasCredential}
          >
            <TextInput code type="password" autoComplete="off" maxLength={8_192} disabled={away} />
          </Field>
          {hasCredential && (
            <Checkbox label={t('credentialAway')} checked={away} onChange={(event) => setAway(event.target.checked)} />
          )}
        </div>
        <div className="grid gap-5 sm:grid-cols-3">
          <Field name="weight" label={t('weight')} hint={t('weightHint')} required>
            <TextInput type="number" min={1} max={10_000} step={1} defaultValue={channel?.weight ?? 100} />
          </Field>
          <Field name="wire" label={t('wire')} hint={t('wireHint')}>
            <Select
              value={wire === '' ? ownWire : wire}
              onChange={(event) => setWire(families.find((family) => family === event.target.value) ?? '')}
              options={families.map((value) => ({ value, label: tFamilies(value) }))}
            />
          </Field>
          <Field name="region" label={t('region')} hint={t('regionHint')} optional>
            <TextInput code maxLength={64} defaultValue={channel?.region ?? ''} />
          </Field>
        </div>
        <FormActions>
          <Button onClick={onClose}>{tUi('cancel')}</Button>
          <SubmitButton>{channel ? tShared('save') : t('add')}</SubmitButton>
        </FormActions>
      </Form>
    </Dialog>
  );
}
