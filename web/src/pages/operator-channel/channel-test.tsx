import { Activity } from 'lucide-react';
import { useState } from 'react';
import { api } from '../../api/client.ts';
import { type ApiProblem, asProblem } from '../../api/problem.ts';
import { useChanged } from '../../api/queries.ts';
import type { Channel, ChannelTest as Result } from '../../api/schema.ts';
import { useStaffCan } from '../../session.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { ProblemMessage } from '../../ui/problem-message.tsx';
import { useFormats } from '../../ui/use-formats.ts';
import { useTranslations } from '../../words/use-translations.ts';
import { testWords } from './test-words.ts';

/** Calls the upstream once, and says what came. */
export function ChannelTest({ channel }: { readonly channel: Channel }) {
  const t = useTranslations('catalogue.channels');
  const changed = useChanged();
  const mayTest = useStaffCan('catalogue.write');
  const [busy, setBusy] = useState(false);
  const [result, setResult] = useState<Result | null>(null);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const test = async () => {
    setBusy(true);
    setProblem(null);
    try {
      setResult(await api.post('/admin/v1/channels/{channel}/test', { params: { channel: channel.id } }));
      await changed('/admin/v1/channels/health');
    } catch (error) {
      setResult(null);
      setProblem(asProblem(error));
    }
    setBusy(false);
  };
  if (!mayTest) return null;
  return (
    <Card
      title={t('test')}
      description={t('testText')}
      actions={
        <Button icon={Activity} busy={busy} onClick={() => void test()}>
          {t('test')}
        </Button>
      }
    >
      <div aria-live="polite" className="grid gap-3 empty:hidden">
        <ProblemMessage problem={problem} />
        {result && <TestResult result={result} />}
      </div>
    </Card>
  );
}

function TestResult({ result }: { readonly result: Result }) {
  const t = useTranslations('catalogue.channels');
  const { duration } = useFormats();
  const { ok, status, duration_ms: ms } = result;
  const facts =
    status === null
      ? t('testNoStatus', { duration: duration(ms) })
      : t('testFacts', { status: String(status), duration: duration(ms) });
  return (
    <Banner tone={ok ? 'success' : 'danger'} title={t(ok ? 'testGood' : 'testBad')}>
      <p>{t(`tests.${testWords(result)}`)}</p>
      <p className="text-soft">{facts}</p>
    </Banner>
  );
}
