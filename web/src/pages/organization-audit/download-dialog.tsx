import { useEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { type Ask, api } from '../../api/client.ts';
import { type ApiProblem, asProblem } from '../../api/problem.ts';
import { saveAs, streamed } from '../../api/stream-file.ts';
import { useOrganization } from '../../session.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ProblemMessage } from '../../ui/problem-message.tsx';
import { Progress } from '../../ui/progress.tsx';
import { RadioCards } from '../../ui/radio-cards.tsx';
import { toast } from '../../ui/toasts.tsx';
import { useFormats } from '../../ui/use-formats.ts';

const path = '/control/v1/organizations/{organization}/audit/export';
type Query = NonNullable<Ask<typeof path>['query']>;
type Format = (typeof formats)[number];
const formats = ['csv', 'json'] as const;

interface DownloadDialogProps {
  readonly query: Query;
  readonly isNarrowed: boolean;
  readonly onClose: () => void;
}

/** Downloads what the filters leave. How much that is nobody knows beforehand, so it is counted as it comes. */
export function DownloadDialog({ query, isNarrowed, onClose }: DownloadDialogProps) {
  const t = useTranslations('audit');
  const tUi = useTranslations('ui');
  const { number } = useFormats();
  const [format, setFormat] = useState<Format>('csv');
  const { lines, problem, start, stop } = useDownload(query, onClose);
  const busy = lines !== null;
  return (
    <Dialog
      open
      onClose={onClose}
      dismissable={!busy}
      title={t('downloadTitle')}
      description={t(isNarrowed ? 'downloadNarrowed' : 'downloadAll')}
      footer={
        <>
          <Button onClick={busy ? stop : onClose}>{tUi('cancel')}</Button>
          <Button variant="primary" busy={busy} onClick={() => start(format)}>
            {t('download')}
          </Button>
        </>
      }
    >
      <div className="grid gap-4">
        <RadioCards
          name="format"
          label={t('format')}
          value={format}
          onChange={setFormat}
          columns={2}
          cards={formats.map((value) => ({
            value,
            title: value.toUpperCase(),
            text: t(`formats.${value}`),
            disabled: busy,
          }))}
        />
        <ProblemMessage problem={problem} />
        <div className="grid min-h-8 gap-1.5" role="status">
          {busy && (
            <>
              <Progress label={t('downloading')} value={null} />
              <p className="text-[0.8125rem] text-soft">{t('downloadedSoFar', { count: number(lines) })}</p>
            </>
          )}
        </div>
      </div>
    </Dialog>
  );
}

/** `lines`: how many have come; null when nothing is being downloaded. Leaving the dialog ends it. */
function useDownload(query: Query, onDone: () => void) {
  const t = useTranslations('audit');
  const { id: organization } = useOrganization();
  const [lines, setLines] = useState<number | null>(null);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const leaving = useRef<AbortController>(null);
  useEffect(() => () => leaving.current?.abort(), []);
  const start = async (format: Format) => {
    leaving.current = new AbortController();
    const { signal } = leaving.current;
    setLines(0);
    setProblem(null);
    try {
      const answer = await api.open(path, { params: { organization }, query: { ...query, format }, signal });
      const file = await streamed(answer, `audit.${format}`, setLines);
      saveAs(file);
      toast({ text: t('downloaded', { name: file.name }) });
      onDone();
    } catch (error) {
      setLines(null);
      if (!signal.aborted) setProblem(asProblem(error));
    }
  };
  return { lines, problem, start, stop: () => leaving.current?.abort() };
}
