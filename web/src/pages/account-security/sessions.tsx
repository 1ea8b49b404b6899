import { useState } from 'react';
import { type Answer, api } from '../../api/client.ts';
import { asProblem } from '../../api/problem.ts';
import { useChanged, useRead } from '../../api/queries.ts';
import { useMayChange } from '../../identity/acting.ts';
import { useMethodWords } from '../../identity/method-words.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { Time } from '../../ui/time.tsx';
import { toast } from '../../ui/toasts.tsx';
import { useProblemWords } from '../../words/use-problem-words.ts';
import { useTranslations } from '../../words/use-translations.ts';

const path = '/control/v1/account/sessions';

type Session = Answer<typeof path>['data'][number];

export function Sessions() {
  const t = useTranslations('account.sessions');
  const columns = useColumns();
  const { data, error, retry } = useRead(path, {});
  const mayChange = useMayChange();
  const [asking, setAsking] = useState(false);
  const changed = useChanged();
  const endOthers = async () => {
    const { ended } = await api.post('/control/v1/account/sessions/revoke-others');
    await changed(path);
    toast({ text: t('endedAll', { count: ended }) });
  };
  const others = data?.data.some(({ current }) => !current) ?? false;
  return (
    <Card
      flush
      title={t('list')}
      description={t('description')}
      actions={mayChange && others && <Button onClick={() => setAsking(true)}>{t('endOthers')}</Button>}
    >
      {error !== null && data === undefined ? (
        <ErrorState error={error} onRetry={retry} />
      ) : (
        <DataTable
          label={t('list')}
          columns={columns}
          rows={data?.data ?? null}
          rowKey={({ id }) => id}
          expectedRows={2}
          rowActions={(session) => (mayChange && !session.current ? <EndButton session={session} /> : null)}
        />
      )}
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t('endOthersAsk')}
        consequences={[t('endOthersText')]}
        action={t('endOthers')}
        danger
        onConfirm={endOthers}
      />
    </Card>
  );
}

function useColumns(): Column<Session>[] {
  const t = useTranslations('account.sessions');
  const methods = useMethodWords();
  return [
    {
      id: 'device',
      header: t('device'),
      cell: ({ device, current }) => (
        <span className="flex flex-wrap items-center gap-2">
          {device ?? t('unknownDevice')}
          {current && <Badge tone="good">{t('current')}</Badge>}
        </span>
      ),
    },
    { id: 'place', header: t('place'), cell: ({ ip_address }) => ip_address ?? '–', className: 'font-mono text-xs' },
    { id: 'method', header: t('method'), cell: ({ method }) => methods(method) },
    { id: 'used', header: t('lastUsed'), cell: (session) => <Time at={session.last_used_at} show="relative" /> },
    { id: 'begun', header: t('begun'), cell: (session) => <Time at={session.created_at} /> },
  ];
}

function EndButton({ session: { id, device } }: { readonly session: Session }) {
  const t = useTranslations('account.sessions');
  const words = useProblemWords();
  const changed = useChanged();
  const [busy, setBusy] = useState(false);
  const end = async () => {
    setBusy(true);
    try {
      await api.delete('/control/v1/account/sessions/{session}', { params: { session: id } });
      toast({ text: t('endedOne') });
    } catch (error) {
      toast({ tone: 'danger', text: words(asProblem(error)) });
    }
    await changed(path);
    setBusy(false);
  };
  const label = t('endLabel', { device: device ?? t('unknownDevice') });
  return (
    <Button small busy={busy} onClick={end} aria-label={label}>
      {t('end')}
    </Button>
  );
}
