import { formatUsd } from '../base/money.ts';
import type { LeakReport } from './leak.ts';

export type LeakLocale = 'en' | 'zh';

interface Words {
  readonly title: string;
  readonly key: string;
  readonly state: Readonly<Record<'enabled' | 'disabled' | 'deleted', string>>;
  readonly reported: string;
  readonly lastUsed: string;
  readonly never: string;
  readonly successor: string;
  readonly none: string;
  readonly usage: (since: string, requests: number, usd: string) => string;
  readonly models: string;
  readonly tools: string;
  readonly unknownTool: string;
  readonly newest: string;
  readonly ask: string;
}

const words: Readonly<Record<LeakLocale, Words>> = {
  en: {
    title: 'A key of ours became known to others.',
    key: 'Key (public prefix)',
    state: { enabled: 'in use', disabled: 'disabled', deleted: 'deleted' },
    reported: 'Put out of use at',
    lastUsed: 'Last used',
    never: 'never',
    successor: 'New key (public prefix)',
    none: 'none',
    usage: (since, requests, usd) => `Since ${since}: ${requests} requests, ${usd} USD.`,
    models: 'Models',
    tools: 'Tools',
    unknownTool: 'unknown',
    newest: 'Newest request ids',
    ask: 'Please check these calls for misuse and tell us what you find.',
  },
  zh: {
    title: '我们的一个密钥已泄露。',
    key: '密钥（公开前缀）',
    state: { enabled: '使用中', disabled: '已停用', deleted: '已删除' },
    reported: '停用时间',
    lastUsed: '最近使用',
    never: '从未使用',
    successor: '新密钥（公开前缀）',
    none: '无',
    usage: (since, requests, usd) => `自 ${since} 起：${requests} 次请求，${usd} USD。`,
    models: '模型',
    tools: '工具',
    unknownTool: '未知',
    newest: '最近的请求 ID',
    ask: '请协助检查这些调用是否存在滥用，并告知结果。',
  },
};

const mostIds = 10;

/** What a customer sends to support: facts that support can look up, and nothing that opens anything. */
export function leakText(report: LeakReport, locale: LeakLocale): string {
  const say = words[locale];
  const { key, successor, usage } = report;
  const lines = [
    say.title,
    '',
    `${say.key}: ${key.prefix}… (${say.state[key.state]})`,
    `${say.reported}: ${iso(key.updatedAtMs)}`,
    `${say.lastUsed}: ${key.lastUsedAtMs === null ? say.never : iso(key.lastUsedAtMs)}`,
    `${say.successor}: ${successor === null ? say.none : `${successor.key.prefix}…`}`,
  ];
  if (usage.sums !== null) {
    lines.push('', say.usage(iso(usage.sinceMs), usage.sums.requests, formatUsd(usage.sums.spent)));
    if (usage.sums.models.length > 0)
      lines.push(`${say.models}: ${usage.sums.models.map((each) => `${each.model} (${each.requests})`).join(', ')}`);
  }
  if (usage.tools !== null && usage.tools.length > 0)
    lines.push(
      `${say.tools}: ${usage.tools.map((each) => `${each.tool ?? say.unknownTool} (${each.requests})`).join(', ')}`,
    );
  if (usage.requests !== null && usage.requests.length > 0)
    lines.push(
      `${say.newest}: ${usage.requests
        .slice(0, mostIds)
        .map((each) => each.id)
        .join(', ')}`,
    );
  return [...lines, '', say.ask].join('\n');
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
