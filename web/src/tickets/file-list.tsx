import { Download, FileText, FileWarning, ImageIcon } from 'lucide-react';
import { cx } from '../ui/cx.ts';
import { useFormats } from '../ui/use-formats.ts';
import { useTranslations } from '../words/use-translations.ts';
import { sizeText } from './size-text.ts';
import type { TicketFile } from './types.ts';

interface FileListProps {
  readonly files: readonly TicketFile[];
  /** Where one is downloaded from; and where a safe image is shown from, null where that is not offered. */
  readonly href: (file: TicketFile) => string;
  readonly imageHref: (file: TicketFile) => string | null;
}

/** What came with a message: images that are safe are seen, everything else is downloaded. */
export function FileList({ files, href, imageHref }: FileListProps) {
  const t = useTranslations('tickets.files');
  if (files.length === 0) return null;
  return (
    <ul aria-label={t('label')} className="mt-3 flex flex-wrap gap-2">
      {files.map((file) => (
        <li key={file.id} className="max-w-full min-w-0">
          <OneFile file={file} href={href(file)} image={file.inline ? imageHref(file) : null} />
        </li>
      ))}
    </ul>
  );
}

interface OneFileProps {
  readonly file: TicketFile;
  readonly href: string;
  readonly image: string | null;
}

function OneFile({ file, href, image }: OneFileProps) {
  const t = useTranslations('tickets.files');
  const { number } = useFormats();
  const { name, type, size, scan } = file;
  const bad = scan === 'infected';
  const Icon = bad ? FileWarning : type.startsWith('image/') ? ImageIcon : FileText;
  const facts = `${type} · ${sizeText(size, number)} · ${t(`scans.${scan}`)}`;
  const body = (
    <>
      {image !== null && (
        <img src={image} alt={name} loading="lazy" className="h-28 w-full rounded-lg bg-sunk object-contain" />
      )}
      <span className="flex min-w-0 items-center gap-2">
        <Icon aria-hidden="true" className={cx('size-4 shrink-0', bad ? 'text-danger' : 'text-soft')} />
        <span className="min-w-0">
          <span className="block truncate font-medium">{name}</span>
          <span className={cx('block text-xs', bad ? 'text-danger' : 'text-soft')}>{facts}</span>
        </span>
        {!bad && <Download aria-hidden="true" className="size-3.5 shrink-0 text-soft" />}
      </span>
    </>
  );
  const look = 'grid max-w-80 min-w-0 gap-2 rounded-lg border border-line bg-card px-2.5 py-1.5';
  return bad ? (
    <div className={look}>{body}</div>
  ) : (
    <a href={href} download={name} className={cx(look, 'hover:border-edge hover:bg-sunk')}>
      {body}
    </a>
  );
}
