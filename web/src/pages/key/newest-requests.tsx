import { Activity } from 'lucide-react';
import { useRead } from '../../api/queries.ts';
import type { Key } from '../../api/schema.ts';
import { Link, TextLink } from '../../navigation.tsx';
import { useOrganization } from '../../session.tsx';
import { buttonLook } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { Duration } from '../../ui/duration.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { Money } from '../../ui/money.tsx';
import { Time } from '../../ui/time.tsx';
import { useTranslations } from '../../words/use-translations.ts';

const everyMs = 10_000;
const most = 5;

export function NewestRequests({ shown }: { readonly shown: Key }) {
  const t = useTranslations('keys');
  const { id: organization } = useOrganization();
  const ask = { params: { organization }, query: { key: shown.id, limit: most } };
  const path = '/control/v1/organizations/{organization}/requests';
  const { data, error, retry } = useRead(path, ask, { everyMs });
  const link = (
    <TextLink to="/requests" search={{ key: shown.prefix }} className="text-[0.8125rem]">
      {t('leak.allRequests')}
    </TextLink>
  );
  return (
    <Card flush title={t('leak.newest')} actions={link}>
      {error && !data ? (
        <ErrorState error={error} onRetry={retry} />
      ) : (
        <DataTable
          label={t('leak.newest')}
          rows={data?.data ?? null}
          expectedRows={most}
          rowKey={({ id }) => id}
          rowLink={({ id }) => ({ to: '/requests/$id', params: { id } })}
          columns={[
            { id: 'at', header: t('leak.at'), cell: ({ received_at }) => <Time at={received_at} show="relative" /> },
            {
              id: 'model',
              header: t('leak.model'),
              cell: ({ model_asked }) => <code className="font-mono text-xs">{model_asked || '–'}</code>,
            },
            { id: 'tool', header: t('leak.tool'), cell: ({ client_tool }) => client_tool ?? '–' },
            { id: 'status', header: t('leak.status'), cell: ({ error_code, status }) => error_code ?? status ?? '–' },
            {
              id: 'duration',
              header: t('duration'),
              end: true,
              cell: ({ duration_ms }) => (duration_ms === null ? '–' : <Duration ms={duration_ms} />),
            },
            {
              id: 'spent',
              header: t('leak.spent'),
              end: true,
              cell: ({ actual_cost_usd }) => <Money amount={actual_cost_usd} />,
            },
          ]}
          empty={
            <EmptyState
              icon={Activity}
              title={t('noRequests')}
              text={t('noRequestsText')}
              action={
                shown.state === 'enabled' && (
                  <Link to="/connect" search={{ key: shown.id }} className={buttonLook()}>
                    {t('connectTool')}
                  </Link>
                )
              }
            />
          }
        />
      )}
    </Card>
  );
}
