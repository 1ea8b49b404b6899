import { Layers } from 'lucide-react';
import { useRef, useState } from 'react';
import { api, type Body, newIdempotencyKey } from '../../api/client.ts';
import type { CreatedKey } from '../../api/schema.ts';
import { useLanguage } from '../../language.tsx';
import { Link, TextLink, useGo, useQueryValue } from '../../navigation.tsx';
import { useOrganization } from '../../session.tsx';
import { buttonLook } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Form, FormActions, SubmitButton } from '../../ui/form.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { ExpiryField, expiryOf } from '../key-parts/expiry-field.tsx';
import { holdSecret } from '../key-parts/held-secrets.ts';
import { limitsOf } from '../key-parts/key-body.ts';
import { LimitFields } from '../key-parts/limit-fields.tsx';
import { ModelsField } from '../key-parts/models-field.tsx';
import { type OfferedGroup, useGroups } from '../key-parts/offers.ts';
import { listPath, useKeysChanged } from '../key-parts/use-key-moves.ts';
import { CreatedDialog } from './created-dialog.tsx';
import { GroupPicker } from './group-picker.tsx';
import { NameFields } from './name-fields.tsx';
import { OwnerFields, ownerOf } from './owner-fields.tsx';

/** Makes a key. `?group=` comes from the list of models and from Connect. */
export function Page() {
  const t = useTranslations('keys');
  const groups = useGroups();
  return (
    <>
      <PageHeader
        title={t('createTitle')}
        description={t('createText')}
        back={<TextLink to="/keys">{t('title')}</TextLink>}
      />
      <Loaded reading={groups} skeleton={<FormSkeleton />}>
        {(offered) => (offered.length === 0 ? <NoGroups /> : <NewKey groups={offered} />)}
      </Loaded>
    </>
  );
}

function NewKey({ groups }: { readonly groups: readonly OfferedGroup[] }) {
  const t = useTranslations('keys');
  const go = useGo();
  const { id: organization } = useOrganization();
  const { timeZone } = useLanguage();
  const changed = useKeysChanged();
  const wanted = useQueryValue('group');
  const [group, setGroup] = useState(() => firstGroup(groups, wanted));
  const [models, setModels] = useState<readonly string[] | null>(null);
  const [created, setCreated] = useState<CreatedKey | null>(null);
  const [round, setRound] = useState(0);
  const sent = useRef({ body: '', idempotency: '' });

  const create = async (values: FormData) => {
    const note = String(values.get('note') ?? '').trim();
    const body: Body<typeof listPath> = {
      name: String(values.get('name') ?? '').trim(),
      ...(note === '' ? {} : { note }),
      group: group ?? '',
      ...ownerOf(values),
      expires_at: expiryOf(values, timeZone, Date.now()),
      allowed_models: models === null ? null : [...models],
      limits: limitsOf(values),
    };
    // The same form sent again after a lost answer makes no second key.
    const text = JSON.stringify(body);
    if (sent.current.body !== text) sent.current = { body: text, idempotency: newIdempotencyKey() };
    const { idempotency } = sent.current;
    const answer = await api.post(listPath, { params: { organization }, body, idempotency });
    holdSecret(answer.key.id, answer.secret);
    setCreated(answer);
    void changed();
  };
  const check = () => (models?.length === 0 ? { allowed_models: t('form.chooseModel') } : {});
  return (
    <>
      <Form key={round} onSubmit={create} check={check} className="max-w-4xl">
        <Card title={t('form.about')}>
          <NameFields />
        </Card>
        <Card title={t('form.group')} description={t('form.groupHint')}>
          <GroupPicker
            groups={groups}
            value={group}
            onChange={(id) => {
              setGroup(id);
              setModels(null);
            }}
          />
        </Card>
        <Card title={t('form.whose')} description={t('form.whoseHint')}>
          <OwnerFields />
        </Card>
        {group !== null && (
          <Card title={t('form.uses')}>
            <div className="grid gap-6">
              <ModelsField group={group} value={models} onChange={setModels} />
              <ExpiryField initial={null} />
            </div>
          </Card>
        )}
        <Card title={t('limits')} description={t('form.limitsHint')}>
          <LimitFields />
        </Card>
        <FormActions>
          <Link to="/keys" className={buttonLook()}>
            {t('cancel')}
          </Link>
          <SubmitButton>{t('create')}</SubmitButton>
        </FormActions>
      </Form>
      {created && (
        <CreatedDialog
          created={created}
          onAnother={() => {
            setCreated(null);
            setModels(null);
            setRound(round + 1);
          }}
          onDone={() => void go({ to: '/keys/$key', params: { key: created.key.id }, replace: true })}
        />
      )}
    </>
  );
}

/** The one that was asked for; else the only one there is. */
function firstGroup(groups: readonly OfferedGroup[], wanted: string | null): string | null {
  const found = groups.find(({ id }) => id === wanted);
  return found?.id ?? (groups.length === 1 ? (groups[0]?.id ?? null) : null);
}

function NoGroups() {
  const t = useTranslations('keys');
  return (
    <Card>
      <EmptyState icon={Layers} title={t('form.noGroups')} text={t('form.noGroupsText')} />
    </Card>
  );
}

function FormSkeleton() {
  return (
    <div className="grid max-w-4xl gap-5">
      {['h-56', 'h-64', 'h-40'].map((height) => (
        <Card key={height}>
          <Skeleton className={`${height} w-full`} />
        </Card>
      ))}
    </div>
  );
}
