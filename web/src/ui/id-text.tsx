import { useTranslations } from '../words/use-translations.ts';
import { CopyButton } from './copy-button.tsx';

interface IdTextProps {
  readonly id: string;
  /** What is copied, where it is no id. */
  readonly label?: string;
}

/** An id that can be copied. It takes no more height than a line of text. */
export function IdText({ id, label }: IdTextProps) {
  const t = useTranslations('ui');
  return (
    <span className="-my-1 inline-flex max-w-full items-center gap-1">
      <code className="min-w-0 font-mono text-xs break-all">{id}</code>
      <CopyButton small text={id} label={label ?? t('copyId')} />
    </span>
  );
}
