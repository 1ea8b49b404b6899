import type { Key } from '../../api/schema.ts';
import { TextLink } from '../../navigation.tsx';
import { useSession } from '../../session.tsx';
import { Card } from '../../ui/card.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { type Fact, Facts } from '../../ui/facts.tsx';
import { Time } from '../../ui/time.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { GroupName } from '../key-parts/group-name.tsx';
import { OwnerName } from '../key-parts/owner-name.tsx';

export function Details({ shown }: { readonly shown: Key }) {
  const t = useTranslations('keys');
  const { account } = useSession();
  const { allowed_models, created_by, expires_at, last_used_at, note, prefix } = shown;
  const maker = created_by?.by === 'staff' ? t('support') : created_by?.name;
  const facts: readonly Fact[] = [
    {
      id: 'prefix',
      label: t('prefix'),
      value: (
        <span className="flex items-center gap-1">
          <code className="font-mono text-[0.8125rem] break-all" translate="no">
            {prefix}…
          </code>
          <CopyButton small text={prefix} label={t('copyPrefix')} />
        </span>
      ),
    },
    {
      id: 'group',
      label: t('group'),
      value: (
        <span className="inline-grid max-sm:[&>span]:justify-items-start">
          <GroupName vendor={shown.vendor_name} group={shown.group_name} multiplier={shown.multiplier} />
        </span>
      ),
    },
    { id: 'owner', label: t('owner'), value: <OwnerName shown={shown} self={account.id} /> },
    {
      id: 'used',
      label: t('lastUsed'),
      value: last_used_at === null ? t('never') : <Time at={last_used_at} show="relative" focusable />,
    },
    {
      id: 'created',
      label: t('createdAt'),
      value: (
        <span className="grid">
          <Time at={shown.created_at} focusable />
          {maker && <span className="text-xs text-soft">{t('by', { name: maker })}</span>}
        </span>
      ),
    },
    {
      id: 'expires',
      label: t('expires'),
      value: expires_at === null ? t('form.never') : <Time at={expires_at} focusable />,
    },
    {
      id: 'models',
      label: t('form.models'),
      value:
        allowed_models === null ? (
          <TextLink to="/models" search={{ group: shown.group }}>
            {t('everyModel')}
          </TextLink>
        ) : (
          <ul className="flex flex-wrap gap-1">
            {allowed_models.map((model) => (
              <li key={model} className="rounded bg-sunk px-1.5 font-mono text-xs">
                {model}
              </li>
            ))}
          </ul>
        ),
    },
    ...(note === ''
      ? []
      : [{ id: 'note', label: t('form.note'), value: <span className="whitespace-pre-wrap">{note}</span> }]),
  ];
  return (
    <Card title={t('details')}>
      <Facts facts={facts} />
    </Card>
  );
}
