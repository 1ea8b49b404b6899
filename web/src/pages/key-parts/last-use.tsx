import { useRead } from '../../api/queries.ts';
import type { Key } from '../../api/schema.ts';
import { useCan, useOrganization } from '../../session.tsx';
import { Time } from '../../ui/time.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { toolName } from '../connect/tools.ts';

/** Of so many requests the tools are named. */
const looked = 20;

/** When a key was used last and by which tools: who will notice when it stops working. */
export function LastUse({ shown }: { readonly shown: Pick<Key, 'id' | 'last_used_at'> }) {
  const t = useTranslations('keys');
  const { id: organization } = useOrganization();
  const wasUsed = shown.last_used_at !== null;
  const ask = { params: { organization }, query: { key: shown.id, limit: looked } };
  const enabled = useCan('requests.read') && wasUsed;
  const { data } = useRead('/control/v1/organizations/{organization}/requests', ask, { enabled });
  if (shown.last_used_at === null) return t('consequences.neverUsed');
  const at = shown.last_used_at;
  const tools = [
    ...new Set((data?.data ?? []).flatMap(({ client_tool }) => (client_tool === null ? [] : toolName(client_tool)))),
  ];
  const time = () => <Time at={at} show="relative" />;
  return tools.length === 0
    ? t.rich('consequences.lastUsed', { time })
    : t.rich('consequences.lastUsedBy', { time, tools: tools.join(', ') });
}
