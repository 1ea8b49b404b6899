import { kindEntry, type NoticeLocale } from './kinds.ts';

export interface ShownNotification {
  readonly level: 'info' | 'warning' | 'security';
  readonly title: string;
  /** Sentences; empty when the title says all. */
  readonly text: string;
  /** Path within this site, or null. */
  readonly link: string | null;
}

/** Over which time a spending limit counts. */
const spanWords: Readonly<Record<NoticeLocale, Readonly<Record<string, string>>>> = {
  en: { total: 'in total', '5h': 'in 5 hours', '1d': 'in a day', '7d': 'in 7 days' },
  zh: { total: '累计', '5h': '5 小时', '1d': '每日', '7d': '7 天' },
};

type Facts = Readonly<Record<string, unknown>>;

/** What a notification says to its reader. Facts are plain text: whoever shows it escapes it. */
export function shownNotification(kind: string, facts: Facts, locale: NoticeLocale): ShownNotification {
  const { level, link, words } = kindEntry(kind);
  const { title, text } = words[locale];
  const sentences = text.map((sentence) => filled(sentence, facts, locale)).filter((sentence) => sentence !== null);
  return {
    level,
    title: filled(title, facts, locale) ?? title.replaceAll(/\{\w+\}/g, '…'),
    text: sentences.join(locale === 'zh' ? '' : ' '),
    link: link === null ? null : filled(link, facts, locale),
  };
}

/** Null when a fact is missing. */
function filled(template: string, facts: Facts, locale: NoticeLocale): string | null {
  let whole = true;
  const text = template.replaceAll(/\{(\w+)\}/g, (_place, name: string) => {
    const fact = factText(name, facts[name], locale);
    if (fact === '') whole = false;
    return fact;
  });
  return whole ? text : null;
}

function factText(name: string, value: unknown, locale: NoticeLocale): string {
  if (name === 'span') return spanWords[locale][String(value)] ?? '';
  if (name.endsWith('AtMs')) return typeof value === 'number' && Number.isFinite(value) ? timeText(value) : '';
  if (typeof value === 'string') return value.trim();
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value)) return value.filter((one) => typeof one === 'string').join(locale === 'zh' ? '、' : ', ');
  return '';
}

/** In UTC, because a sentence does not know where it is read. */
function timeText(atMs: number): string {
  const time = new Date(atMs);
  return Number.isNaN(time.getTime()) ? '' : `${time.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
