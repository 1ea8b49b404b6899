import type { ChannelTest } from '../../api/schema.ts';
import type { catalogue } from '../../words/en/catalogue.ts';

/** What the result of a test means: a member of `catalogue.channels.tests`. Pure. */
export function testWords({ status, failure }: ChannelTest): keyof typeof catalogue.channels.tests {
  if (failure !== null) return failure;
  if (status === null) return 'broken';
  if (status >= 200 && status < 300) return 'served';
  if (status >= 300 && status < 400) return 'moved';
  if (status >= 500) return 'error';
  if (status === 401 || status === 403) return 'credential';
  if (status === 404 || status === 405) return 'noList';
  return status === 402 ? 'paid' : status === 429 ? 'limits' : 'refused';
}
