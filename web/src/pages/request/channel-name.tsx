import { useRead } from '../../api/queries.ts';
import { useStaffCan } from '../../session.tsx';

const staleMs = 300_000;

/** What staff call a channel; its id, where they may not see channels or it is gone. */
export function ChannelName({ id }: { readonly id: string }) {
  const mayRead = useStaffCan('catalogue.read');
  const { data } = useRead('/admin/v1/channels/{channel}', { params: { channel: id } }, { enabled: mayRead, staleMs });
  return <span title={id}>{data?.name ?? id}</span>;
}
