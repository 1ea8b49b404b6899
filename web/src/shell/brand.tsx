import { Link } from '../navigation.tsx';
import { useSite } from '../site.ts';
import { useTranslations } from '../words/use-translations.ts';

/** The site's logo and name. */
export function Brand() {
  const t = useTranslations('shell');
  const { site } = useSite();
  const name = site?.name ?? '';
  return (
    <Link
      to="/"
      aria-label={t('home', { site: name })}
      className="flex min-h-9 min-w-0 items-center gap-2.5 rounded-lg"
    >
      <img
        src={site?.logo_url ?? '/favicon.svg'}
        alt=""
        width={28}
        height={28}
        className="size-7 shrink-0 rounded-md"
      />
      <span className="truncate text-[0.9375rem] font-semibold tracking-tight">{name}</span>
    </Link>
  );
}
