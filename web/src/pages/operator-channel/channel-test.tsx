import { Activity } from 'lucide-react';
import { useState } from 'react';
import { api } from '../../api/client.ts';
import { type ApiProblem, asProblem } from '../../api/problem.ts';
import { useChanged } from '../../api/queries.ts';
import type { ChannelTest as Result } from '../../api/schema.ts';
import { useStaffCan } from '../../session.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { ProblemMessage } from '../../ui/problem-message.tsx';
import { useFormats } from '../../ui/use-formats.ts';
import { useTranslations } from '../../words/use-translations.ts';
import { testWords } from './test-words.ts';

interface ChannelTest {
  readonly busy: boolean;
  readonly result: Result | null;
  readonly problem: ApiProblem | null;
  run(): void;
}

/** A call to the channel's upstream, once, and what came of it. */
export function useChannelTest(channel: string): ChannelTest {
  const changed = useChanged();
  const [busy, setBusy] = useState(false);
  const [result, setResult] = useState<Result | null>(null);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const run = async () => {
    setBusy(true);
    setProblem(null);
    try {
      setResult(await api.post('/admin/v1/channels/{channel}/test', { params: { channel } }));
      await changed('/admin/v1/channels/health');
    } catch (error) {
      setResult(null);
      setProblem(asProblem(error));
    }
    setBusy(false);
  };
  return { busy, result, problem, run: () => void run() };
}

export function TestButton({ test }: { readonly test: ChannelTest }) {
  const t = useTranslations('catalogue.channels');
  if (!useStaffCan('catalogue.write')) return null;
  return (
    <Button icon={Activity} busy={test.busy} onClick={test.run}>
      {t('test')}
    </Button>
  );
}

/** There from the first moment, so that what appears in it is read out. */
export function TestOutcome({ test: { result, problem } }: { readonly test: ChannelTest }) {
  const t = useTranslations('catalogue.channels');
  const { duration } = useFormats();
  return (
    <div aria-live="polite" className="grid gap-3 empty:-mb-4">
      <ProblemMessage problem={problem} />
      {result && (
        <Banner tone={result.ok ? 'success' : 'danger'} title={t(result.ok ? 'testGood' : 'testBad')}>
          <p>{t(`tests.${testWords(result)}`)}</p>
          <p className="text-soft">
            {result.status === null
              ? t('testNoStatus', { duration: duration(result.duration_ms) })
              : t('testFacts', { status: String(result.status), duration: duration(result.duration_ms) })}
          </p>
        </Banner>
      )}
    </div>
  );
}
