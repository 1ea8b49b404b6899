import { ChevronDown, LayoutTemplate, Send, StickyNote } from 'lucide-react';
import { type ClipboardEvent, type RefObject, useState } from 'react';
import type { Draft } from '../../tickets/draft.ts';
import { DraftNote } from '../../tickets/draft-note.tsx';
import { AttachButton, AttachedFiles } from '../../tickets/files-field.tsx';
import { SecretWarning } from '../../tickets/secret-warning.tsx';
import type { TicketState } from '../../tickets/states.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { Menu, MenuItem } from '../../ui/menu.tsx';
import { ProblemMessage } from '../../ui/problem-message.tsx';
import { Segments } from '../../ui/segments.tsx';
import { toast } from '../../ui/toasts.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import type { Change } from '../desk/change-ticket.ts';
import { CollisionBanner, PresenceLine } from './collision.tsx';
import { MacroDialog, type UsedMacro } from './macro-dialog.tsx';
import { Recipients } from './recipients.tsx';
import type { TicketPage } from './types.ts';
import { type ComposerMode, useComposer } from './use-composer.ts';
import { usePresence } from './use-presence.ts';

interface ComposerProps {
  readonly ticket: TicketPage;
  readonly viewerId: string;
  readonly mode: ComposerMode;
  readonly onMode: (mode: ComposerMode) => void;
  readonly drafts: Readonly<Record<ComposerMode, Draft>>;
  readonly field: RefObject<HTMLTextAreaElement | null>;
  readonly onChange: (change: Change, said: string) => Promise<unknown>;
}

/** Where staff write: to the customer, or to each other. */
export function Composer({ ticket, viewerId, mode, onMode, drafts, field, onChange }: ComposerProps) {
  const t = useTranslations('desk.composer');
  const tLanguages = useTranslations('desk.languages');
  const draft = drafts[mode];
  const composing = useComposer(ticket, mode, viewerId, { draft, replyDraft: drafts.reply });
  const { uploads, problem, found, isWriting, come, cc, setCc, submit } = composing;
  const others = usePresence(ticket.id, isWriting);
  const [macros, setMacros] = useState(false);
  const [sendState, setSendState] = useState<TicketState>('waiting');
  const [over, setOver] = useState(false);
  const { requester, locale, state } = ticket;
  const use = ({ name, text, actions }: UsedMacro) => {
    draft.set(draft.text.trim() === '' ? text : `${draft.text.trimEnd()}\n\n${text}`);
    if (actions.state) setSendState(actions.state);
    const { state: _later, ...now } = actions;
    if (Object.keys(now).length > 0) void onChange(now, t('macroUsed', { name }));
    else toast({ text: t('macroUsed', { name }) });
    field.current?.focus();
  };
  const onPaste = (event: ClipboardEvent) => {
    const { files } = event.clipboardData;
    if (files.length === 0) return;
    event.preventDefault();
    uploads.add(files);
  };
  const isNote = mode === 'note';
  return (
    <section
      aria-label={t('title')}
      className={cx(
        'grid gap-3 rounded-2xl border px-4 py-3 shadow-lift',
        isNote ? 'border-dashed border-warn bg-warn-wash' : 'border-line bg-card',
        over && 'outline-2 outline-accent',
      )}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes('Files')) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        uploads.add(event.dataTransfer.files);
      }}
    >
      <div className="flex flex-wrap items-center justify-between gap-2">
        <Segments
          label={t('title')}
          value={mode}
          onChange={onMode}
          options={[
            { value: 'reply', label: t('reply') },
            { value: 'note', label: t('note') },
          ]}
        />
        <PresenceLine others={others} />
      </div>
      {!isNote && (
        <>
          <Recipients to={requester.address} cc={cc} onChange={setCc} />
          <p className="text-[0.8125rem] text-soft">{t('language', { language: tLanguages(locale) })}</p>
          {!requester.verified && <p className="text-[0.8125rem] text-warn">{t('unverified')}</p>}
          {state === 'closed' && <p className="text-[0.8125rem] text-soft">{t('closed')}</p>}
        </>
      )}
      <CollisionBanner come={come} onGoOn={composing.acknowledge} />
      <DraftNote draft={draft} />
      <textarea
        ref={field}
        rows={5}
        aria-label={t(isNote ? 'textNote' : 'textReply')}
        placeholder={t(isNote ? 'placeholderNote' : 'placeholderReply', { name: requester.name || requester.address })}
        value={draft.text}
        maxLength={100_000}
        dir="auto"
        onPaste={onPaste}
        onChange={(event) => draft.set(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
          event.preventDefault();
          void submit(sendState);
        }}
        className="field-box max-h-[60dvh] field-sizing-content min-h-32 leading-6"
      />
      <SecretWarning text={draft.text} found={found} onTakeOut={draft.set} />
      <AttachedFiles uploads={uploads} />
      {problem && <ProblemMessage problem={problem} />}
      {uploads.hasFailed && <Banner tone="warn">{t('uploadsFailed')}</Banner>}
      <div className="flex flex-wrap items-center gap-2">
        <AttachButton uploads={uploads} />
        <Button variant="ghost" icon={LayoutTemplate} onClick={() => setMacros(true)}>
          {t('macros')}
        </Button>
        <div className="ml-auto flex flex-wrap items-center gap-2">
          {uploads.isBusy && <span className="text-xs text-soft">{t('uploadsBusy')}</span>}
          <SendButtons composing={composing} isNote={isNote} state={sendState} />
        </div>
      </div>
      <MacroDialog ticket={ticket.id} open={macros} onClose={() => setMacros(false)} onUse={use} />
    </section>
  );
}

interface SendButtonsProps {
  readonly composing: ReturnType<typeof useComposer>;
  readonly isNote: boolean;
  /** What the ticket becomes by the main button. */
  readonly state: TicketState;
}

const sendWords = { waiting: 'send', solved: 'sendSolve', open: 'sendOpen', closed: 'sendSolve' } as const;

function SendButtons({ composing, isNote, state }: SendButtonsProps) {
  const t = useTranslations('desk.composer');
  const { busy, isWriting, uploads, come, submit } = composing;
  const disabled = !isWriting || uploads.isBusy || uploads.hasFailed || come.length > 0;
  if (isNote) {
    return (
      <Button variant="primary" icon={StickyNote} busy={busy} disabled={disabled} onClick={() => void submit('open')}>
        {t('addNote')}
      </Button>
    );
  }
  const main = state === 'solved' || state === 'closed' ? 'solved' : state;
  return (
    <>
      {main !== 'solved' && (
        <Button busy={busy} disabled={disabled} onClick={() => void submit('solved')}>
          {t('sendSolve')}
        </Button>
      )}
      <div className="flex">
        <Button
          variant="primary"
          icon={Send}
          busy={busy}
          disabled={disabled}
          onClick={() => void submit(main)}
          className="rounded-r-none"
        >
          {t(sendWords[main])}
        </Button>
        <Menu
          label={t('sendMore')}
          trigger={(trigger) => (
            <IconButton
              icon={ChevronDown}
              label={t('sendMore')}
              disabled={disabled || busy}
              {...trigger}
              className="rounded-l-none border-l border-card bg-accent text-on-accent! hover:bg-accent-strong disabled:opacity-55"
            />
          )}
        >
          <MenuItem onSelect={() => void submit('waiting')}>{t('sendWaiting')}</MenuItem>
          <MenuItem onSelect={() => void submit('open')}>{t('sendOpen')}</MenuItem>
          <MenuItem onSelect={() => void submit('solved')}>{t('sendSolve')}</MenuItem>
        </Menu>
      </div>
    </>
  );
}
