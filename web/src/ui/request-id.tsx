import { useTranslations } from '../words/use-translations.ts';
import { CopyButton } from './copy-button.tsx';

/** The id of a call of this page, to be told to support. */
export function RequestId({ id }: { readonly id: string }) {
  const t = useTranslations('ui');
  return (
    <p className="mt-1 flex flex-wrap items-center gap-x-1.5 text-xs">
      {t('requestId')} <code className="font-mono break-all">{id}</code>
      <CopyButton small text={id} label={t('copyRequestId')} />
    </p>
  );
}
