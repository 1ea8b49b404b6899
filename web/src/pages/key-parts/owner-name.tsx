import type { Key } from '../../api/schema.ts';
import { useTranslations } from '../../words/use-translations.ts';

interface OwnerNameProps {
  readonly shown: Pick<Key, 'owner' | 'project_name'>;
  /** The reader's account. */
  readonly self: string;
}

/** Whose key it is, over the project that its spend is booked to. */
export function OwnerName({ shown: { owner, project_name }, self }: OwnerNameProps) {
  const t = useTranslations('keys');
  const booked = owner.kind === 'project' ? t('owners.project') : project_name;
  const name =
    owner.kind === 'organization'
      ? t('owners.organization')
      : owner.kind === 'member' && owner.id === self
        ? t('owners.you')
        : (owner.name ?? t('someone'));
  return (
    <span className="grid min-w-0">
      <span className="truncate" title={owner.email ?? undefined}>
        {name}
      </span>
      {booked && <span className="truncate text-xs text-soft">{booked}</span>}
    </span>
  );
}
