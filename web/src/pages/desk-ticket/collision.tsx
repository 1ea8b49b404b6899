import { Users } from 'lucide-react';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import type { Message } from './types.ts';
import type { usePresence } from './use-presence.ts';

/** Who else looks at the ticket, or writes. */
export function PresenceLine({ others }: { readonly others: ReturnType<typeof usePresence> }) {
  const t = useTranslations('desk.collision');
  const writing = others.filter(({ typing }) => typing);
  const meant = writing.length > 0 ? writing : others;
  if (meant.length === 0) return null;
  const values = { names: meant.map(({ name }) => name).join(', '), count: meant.length };
  return (
    <p role="status" className="flex items-center gap-1.5 text-[0.8125rem] text-warn">
      <Users aria-hidden="true" className="size-4 shrink-0" />
      {t(writing.length > 0 ? 'typing' : 'looking', values)}
    </p>
  );
}

interface CollisionBannerProps {
  /** What came since the writer began. */
  readonly come: readonly Message[];
  readonly onGoOn: () => void;
}

/** Somebody was faster: read first, then choose. */
export function CollisionBanner({ come, onGoOn }: CollisionBannerProps) {
  const t = useTranslations('desk.collision');
  const last = come.at(-1);
  if (!last) return null;
  const name = last.author.name || last.author.address;
  const show = () => {
    const message = document.getElementById(`message-${come[0]?.id}`);
    message?.scrollIntoView({ block: 'center' });
    message?.focus({ preventScroll: true });
  };
  return (
    <Banner
      tone="warn"
      role="alert"
      title={last.kind === 'in' ? t('wrote') : t(last.kind === 'note' ? 'noted' : 'replied', { name })}
      actions={
        <>
          <Button small onClick={show}>
            {t('show')}
          </Button>
          <Button small onClick={onGoOn}>
            {t('goOn')}
          </Button>
        </>
      }
    >
      <p>{t('ask')}</p>
    </Banner>
  );
}
