import { Download as DownloadIcon } from 'lucide-react';
import { useRef, useState } from 'react';
import { api } from '../../api/client.ts';
import { asProblem } from '../../api/problem.ts';
import { saveAs, streamed } from '../../api/stream-file.ts';
import { Button } from '../../ui/button.tsx';
import { Menu, MenuItem } from '../../ui/menu.tsx';
import { toast } from '../../ui/toasts.tsx';
import { useFormats } from '../../ui/use-formats.ts';
import { useProblemWords } from '../../words/use-problem-words.ts';
import { useTranslations } from '../../words/use-translations.ts';

type Query = Readonly<
  Partial<Record<'search' | 'actor' | 'subject_kind' | 'organization' | 'since' | 'until', string>>
>;

/** Saves what the filters leave, as it streams in. */
export function Download({ query }: { readonly query: Readonly<Record<keyof Query, string | undefined>> }) {
  const t = useTranslations('operator.audit');
  const tAudit = useTranslations('audit');
  const tUi = useTranslations('ui');
  const words = useProblemWords();
  const { number } = useFormats();
  const [lines, setLines] = useState<number | null>(null);
  const leaving = useRef<AbortController>(null);
  const download = async (format: 'csv' | 'json') => {
    const stop = new AbortController();
    leaving.current = stop;
    setLines(0);
    try {
      const ask = { query: { ...query, format }, signal: stop.signal };
      const response = await api.open('/admin/v1/audit-log/export', ask);
      const file = await streamed(response, `audit.${format}`, setLines);
      saveAs(file);
      toast({ text: t('downloaded', { name: file.name }) });
    } catch (error) {
      if (!stop.signal.aborted) toast({ tone: 'danger', text: words(asProblem(error)) });
    }
    setLines(null);
  };
  if (lines !== null) {
    return (
      <>
        <span role="status">{tAudit('downloadedSoFar', { count: number(lines) })}</span>
        <Button onClick={() => leaving.current?.abort()}>{tUi('cancel')}</Button>
      </>
    );
  }
  return (
    <Menu
      label={t('download')}
      trigger={(attributes) => (
        <Button icon={DownloadIcon} {...attributes}>
          {t('download')}
        </Button>
      )}
    >
      <MenuItem onSelect={() => void download('csv')}>{t('downloadCsv')}</MenuItem>
      <MenuItem onSelect={() => void download('json')}>{t('downloadJson')}</MenuItem>
    </Menu>
  );
}
