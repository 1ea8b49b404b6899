import { Banner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';
import { useTranslations } from '../words/use-translations.ts';
import { type SecretFound, withoutSecrets } from './secrets-in.ts';

interface SecretWarningProps {
  readonly text: string;
  /** Of `secretsIn(text)`. */
  readonly found: readonly SecretFound[];
  readonly onTakeOut: (text: string) => void;
}

/** Before something is sent: what in it nobody should see, and one press to be rid of it. */
export function SecretWarning({ text, found, onTakeOut }: SecretWarningProps) {
  const t = useTranslations('tickets.secret');
  if (found.length === 0) return null;
  return (
    <Banner
      tone="warn"
      role="status"
      title={t('title', { count: found.length })}
      actions={
        <Button small onClick={() => onTakeOut(withoutSecrets(text))}>
          {t('takeOut')}
        </Button>
      }
    >
      <p>{t('text')}</p>
      <ul className="mt-1 list-disc pl-5">
        {found.map(({ kind, from, sample }) => (
          <li key={from} className="wrap-anywhere">
            {t(`kinds.${kind}`, { sample })}
          </li>
        ))}
      </ul>
    </Banner>
  );
}
