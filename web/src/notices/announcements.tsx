import { api } from '../api/client.ts';
import { asProblem } from '../api/problem.ts';
import { useChanged, useRead } from '../api/queries.ts';
import type { Announcement } from '../api/schema.ts';
import { useLanguage } from '../language.tsx';
import { useSession } from '../session.tsx';
import { Banner, type BannerTone } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';
import { toast } from '../ui/toasts.tsx';
import { useProblemWords } from '../words/use-problem-words.ts';
import { useTranslations } from '../words/use-translations.ts';

const path = '/control/v1/announcements';
const everyMs = 300_000;

export const announcementTones: Readonly<Record<Announcement['level'], BannerTone>> = {
  info: 'info',
  warning: 'warn',
  critical: 'danger',
};

/** Asked for beside the session: what stands above every page must be known before the page is shown. */
export function useAnnouncements() {
  const { id: lang } = useLanguage();
  return useRead(path, { query: { lang } }, { everyMs, keepLast: true });
}

/** Above every page: what the operator announces, until it is put away. */
export function Announcements() {
  const t = useTranslations('notices');
  const words = useProblemWords();
  const mayChange = useSession().acting_as === null;
  const { data } = useAnnouncements();
  const changed = useChanged();
  const dismiss = async (announcement: string) => {
    try {
      await api.post(`${path}/{announcement}/dismiss`, { params: { announcement } });
      await changed(path);
    } catch (error) {
      toast({ tone: 'danger', text: words(asProblem(error)) });
    }
  };
  return data?.data.map(({ id, level, title, body }) => (
    <Banner
      key={id}
      tone={announcementTones[level]}
      title={title}
      actions={
        mayChange && (
          <Button small onClick={() => void dismiss(id)}>
            {t('dismiss')}
          </Button>
        )
      }
    >
      <AnnouncementText body={body} />
    </Banner>
  ));
}

/** Plain text; an empty line divides paragraphs. */
export function AnnouncementText({ body }: { readonly body: string }) {
  const paragraphs = body.split(/\n\s*\n/).filter((text) => text.trim() !== '');
  return (
    <>
      {paragraphs.map((text, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the text does not change while it is shown.
        <p key={index} className="mt-1 max-w-[80ch] whitespace-pre-line first:mt-0">
          {text}
        </p>
      ))}
    </>
  );
}
