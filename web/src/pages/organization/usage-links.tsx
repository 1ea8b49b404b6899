import { FolderKanban, type LucideIcon, UserRound, Users } from 'lucide-react';
import { Link } from '../../navigation.tsx';
import { useCan } from '../../session.tsx';
import { useTranslations } from '../../words/use-translations.ts';

const splits: readonly { readonly by: 'project' | 'team' | 'member'; readonly icon: LucideIcon }[] = [
  { by: 'project', icon: FolderKanban },
  { by: 'team', icon: Users },
  { by: 'member', icon: UserRound },
];

/** Into the usage page, split as an organization asks for it. */
export function UsageLinks() {
  const t = useTranslations('organization');
  const may = useCan('usage.read');
  if (!may) return null;
  return (
    <nav aria-label={t('usage')} className="grid gap-3 sm:grid-cols-3">
      {splits.map(({ by, icon: Icon }) => (
        <Link
          key={by}
          to="/usage"
          search={{ split: by }}
          className="flex items-center gap-3 rounded-2xl border border-line bg-card px-4 py-3.5 shadow-lift hover:border-edge"
        >
          <span className="grid size-9 shrink-0 place-items-center rounded-xl bg-sunk text-soft">
            <Icon aria-hidden="true" className="size-4" />
          </span>
          <span className="min-w-0">
            <span className="block font-medium">{t(`usageBy.${by}`)}</span>
            <span className="block text-[0.8125rem] text-soft">{t(`usageByText.${by}`)}</span>
          </span>
        </Link>
      ))}
    </nav>
  );
}
