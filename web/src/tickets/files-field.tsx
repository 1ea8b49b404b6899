import { Paperclip, RotateCw, X } from 'lucide-react';
import { useRef } from 'react';
import { Button } from '../ui/button.tsx';
import { cx } from '../ui/cx.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { useFormats } from '../ui/use-formats.ts';
import { useTranslations } from '../words/use-translations.ts';
import { sizeText } from './size-text.ts';
import type { Uploading, Uploads } from './use-uploads.ts';

/** The button that attaches files. */
export function AttachButton({ uploads }: { readonly uploads: Uploads }) {
  const t = useTranslations('tickets.files');
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <IconButton icon={Paperclip} label={t('attach')} onClick={() => input.current?.click()} />
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label={t('attach')}
        onChange={(event) => {
          uploads.add(event.target.files ?? []);
          event.target.value = '';
        }}
      />
    </>
  );
}

/** What is attached so far, each with how far it has come. */
export function AttachedFiles({ uploads }: { readonly uploads: Uploads }) {
  const t = useTranslations('tickets.files');
  if (uploads.files.length === 0) return null;
  return (
    <ul aria-label={t('label')} className="grid gap-1.5">
      {uploads.files.map((one) => (
        <AttachedFile key={one.key} one={one} uploads={uploads} />
      ))}
    </ul>
  );
}

function AttachedFile({ one, uploads }: { readonly one: Uploading; readonly uploads: Uploads }) {
  const t = useTranslations('tickets.files');
  const { percent, number } = useFormats();
  const { key, file, share, id, failed } = one;
  const { name } = file;
  return (
    <li className="flex min-h-9 items-center gap-2 rounded-lg border border-line bg-card py-1 pr-1 pl-2.5">
      <Paperclip aria-hidden="true" className="size-3.5 shrink-0 text-soft" />
      <span className="min-w-0 grow truncate">{name}</span>
      <span role="status" className={cx('min-w-0 text-xs', failed === null ? 'text-soft' : 'text-danger')}>
        {failed !== null ? (
          t('failed', { name, why: failed })
        ) : id === null ? (
          <>
            <span aria-hidden="true">{percent(share)}</span>
            <span className="sr-only">{t('uploading', { name, share: percent(share) })}</span>
          </>
        ) : (
          sizeText(file.size, number)
        )}
      </span>
      {failed !== null && (
        <Button small variant="ghost" icon={RotateCw} onClick={() => uploads.again(key)}>
          {t('again', { name })}
        </Button>
      )}
      <IconButton small icon={X} label={t('remove', { name })} onClick={() => uploads.remove(key)} />
    </li>
  );
}
