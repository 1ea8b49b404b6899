import { useState } from 'react';
import type { Body } from '../../api/client.ts';
import { useRead } from '../../api/queries.ts';
import { useOrganization, useSession } from '../../session.tsx';
import { Field } from '../../ui/field.tsx';
import { RadioCards } from '../../ui/radio-cards.tsx';
import { Select } from '../../ui/select.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import type { listPath } from '../key-parts/use-key-moves.ts';
import { reachOf } from './reach.ts';

const owners = ['member', 'project', 'organization'] as const;
type Owner = (typeof owners)[number];

/** Developers make keys of their own, and of projects that they were let into. */
function useOwnerChoices() {
  const { account } = useSession();
  const { id: organization, kind, roles } = useOrganization();
  const isShared = kind !== 'personal';
  const reachesOthers = isShared && roles.some((role) => role !== 'developer');
  const isNarrow = isShared && !reachesOthers;
  const params = { organization };
  const query = { limit: 200 };
  const projects = useRead('/control/v1/organizations/{organization}/projects', { params, query });
  const members = useRead(
    '/control/v1/organizations/{organization}/members',
    { params, query },
    { enabled: reachesOthers },
  );
  const ownGrants = { params, query: { ...query, account: account.id } };
  const grants = useRead('/control/v1/organizations/{organization}/grants', ownGrants, { enabled: isNarrow });
  const ownPath = '/control/v1/organizations/{organization}/members/{account}';
  const self = useRead(ownPath, { params: { organization, account: account.id } }, { enabled: isNarrow });
  const open = (projects.data?.data ?? []).filter(({ archived_at }) => archived_at === null);
  const reach = isNarrow
    ? reachOf(open, grants.data?.data ?? [], self.data?.teams ?? [])
    : { bookable: open, owning: open };
  const others = (members.data?.data ?? []).filter(
    ({ account_id, state }) => account_id !== account.id && state === 'active',
  );
  const choices = owners.filter(
    (each) =>
      each === 'member' ||
      (each === 'project' && reach.owning.length > 0) ||
      (each === 'organization' && isShared && reachesOthers),
  );
  return { reach, others, choices };
}

/** Whose key it is, and what its spend is booked to. What lies beyond the reader's reach is refused by the API. */
export function OwnerFields() {
  const t = useTranslations('keys.form');
  const { account } = useSession();
  const { name } = useOrganization();
  const { reach, others, choices } = useOwnerChoices();
  const [owner, setOwner] = useState<Owner>('member');
  const projects = owner === 'project' ? reach.owning : reach.bookable;
  return (
    <div className="grid gap-4">
      {choices.length > 1 && (
        <RadioCards
          name="owner"
          label={t('owner')}
          value={owner}
          onChange={setOwner}
          columns={choices.length === 3 ? 3 : 2}
          cards={choices.map((value) => ({
            value,
            title: value === 'member' && others.length === 0 ? t('mine') : t(`owners.${value}`),
            text: t(`ownersText.${value}`, { organization: name }),
          }))}
        />
      )}
      {choices.length === 1 && <p className="text-soft">{t('onlyYou')}</p>}
      <div className="grid gap-4 sm:grid-cols-2">
        {owner === 'member' && others.length > 0 && (
          <Field name="account_id" label={t('member')} hint={t('memberHint')}>
            <Select
              options={[
                { value: '', label: t('you', { name: account.name }) },
                ...others.map(({ account_id, name: label, email }) => ({
                  value: account_id,
                  label: `${label} · ${email}`,
                })),
              ]}
            />
          </Field>
        )}
        {owner !== 'organization' && projects.length > 0 && (
          <Field
            name="project_id"
            label={owner === 'project' ? t('project') : t('booked')}
            hint={t('projectHint')}
            required={owner === 'project'}
            optional={owner !== 'project'}
          >
            <Select
              options={[
                { value: '', label: owner === 'project' ? t('chooseProject') : t('noProject') },
                ...projects.map(({ id, name: label, team }) => ({
                  value: id,
                  label: team ? `${label} · ${team.name}` : label,
                })),
              ]}
            />
          </Field>
        )}
      </div>
    </div>
  );
}

type OwnerBody = Pick<Body<typeof listPath>, 'owner' | 'account_id' | 'project_id'>;

/** What the fields hold, as the API takes it. */
export function ownerOf(values: FormData): OwnerBody {
  const owner = owners.find((each) => each === values.get('owner')) ?? 'member';
  const account_id = String(values.get('account_id') ?? '');
  const project_id = String(values.get('project_id') ?? '');
  return { owner, ...(account_id === '' ? {} : { account_id }), ...(project_id === '' ? {} : { project_id }) };
}
