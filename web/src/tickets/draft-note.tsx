import { Button } from '../ui/button.tsx';
import { Time } from '../ui/time.tsx';
import { toast } from '../ui/toasts.tsx';
import { useTranslations } from '../words/use-translations.ts';
import type { Draft } from './draft.ts';

/** Says that a text is one that was begun earlier. */
export function DraftNote({ draft }: { readonly draft: Draft }) {
  const t = useTranslations('tickets.draft');
  const { restoredAt, text } = draft;
  if (restoredAt === null) return null;
  const discard = () => {
    draft.clear();
    toast({ text: t('discarded'), undo: () => draft.set(text) });
  };
  return (
    <p className="flex flex-wrap items-center gap-x-2 text-[0.8125rem] text-soft">
      <span>{t.rich('restored', { time: <Time at={restoredAt} show="relative" /> })}</span>
      <Button small variant="ghost" onClick={discard}>
        {t('discard')}
      </Button>
    </p>
  );
}
