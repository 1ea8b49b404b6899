import { ChevronDown, ChevronUp, Quote } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { type PagePath, TextLink } from '../navigation.tsx';
import { Button } from '../ui/button.tsx';
import { cx } from '../ui/cx.ts';
import { useTranslations } from '../words/use-translations.ts';

interface MessageTextProps {
  readonly text: string;
  readonly quoted: string;
  /** The page that explains a request; absent: ids are plain text. */
  readonly requestPage?: PagePath;
}

/** From so many lines or characters on a text is folded: a pasted log must not hide the conversation. */
const foldLines = 40;
const foldCharacters = 4_000;
const look = 'leading-6 wrap-anywhere whitespace-pre-wrap';

/** What somebody wrote, as it was written; what it quotes is folded. */
export function MessageText({ text, quoted, requestPage }: MessageTextProps) {
  const t = useTranslations('tickets.message');
  const [whole, setWhole] = useState(false);
  const [seesQuoted, setSeesQuoted] = useState(false);
  const cut = foldedAt(text);
  const shown = cut === null || whole ? text : text.slice(0, cut);
  return (
    <>
      {text.trim() === '' ? (
        <p className="text-faint">{t('empty')}</p>
      ) : (
        <div dir="auto" className={look}>
          {withLinks(shown, requestPage, (id) => t('openRequest', { id }))}
          {cut !== null && !whole && '…'}
        </div>
      )}
      {cut !== null && (
        <Button
          small
          variant="ghost"
          icon={whole ? ChevronUp : ChevronDown}
          aria-expanded={whole}
          onClick={() => setWhole(!whole)}
          className="-ml-2.5"
        >
          {t(whole ? 'less' : 'more')}
        </Button>
      )}
      {quoted.trim() !== '' && (
        <>
          <Button
            small
            variant="ghost"
            icon={Quote}
            aria-expanded={seesQuoted}
            onClick={() => setSeesQuoted(!seesQuoted)}
            className="mt-1 -ml-2.5"
          >
            {t(seesQuoted ? 'quotedHide' : 'quoted')}
          </Button>
          {seesQuoted && (
            <blockquote dir="auto" className={cx(look, 'mt-1 border-l-2 border-line pl-3 text-soft')}>
              {quoted}
            </blockquote>
          )}
        </>
      )}
    </>
  );
}

/** Where a long text is cut, at the end of a line; null: it is shown whole. Pure. */
export function foldedAt(text: string): number | null {
  let at = -1;
  for (let line = 0; line < foldLines; line++) {
    const next = text.indexOf('\n', at + 1);
    if (next < 0 || next > foldCharacters) break;
    at = next;
    if (line === foldLines - 1) return text.length - at > 200 ? at : null;
  }
  if (text.length <= foldCharacters * 1.2) return null;
  return at > foldCharacters / 2 ? at : foldCharacters;
}

const requestId = /(?<![0-9A-Za-z_])req_[0-9A-Z]{28}(?![0-9A-Za-z])/g;

/** Ids of requests lead to their explanation. Addresses stay text: whoever wrote them may be a stranger. */
function withLinks(text: string, page: PagePath | undefined, label: (id: string) => string): ReactNode {
  if (page === undefined) return text;
  const parts: ReactNode[] = [];
  let rest = 0;
  for (const match of text.matchAll(requestId)) {
    const [id] = match;
    parts.push(
      text.slice(rest, match.index),
      <TextLink key={match.index} to={page} params={{ id }} title={label(id)} className="font-mono text-[0.8125rem]">
        {id}
      </TextLink>,
    );
    rest = match.index + id.length;
  }
  return parts.length === 0 ? text : [...parts, text.slice(rest)];
}
