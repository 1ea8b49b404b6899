import { Plug } from 'lucide-react';
import { useState } from 'react';
import type { CreatedKey } from '../../api/schema.ts';
import { Link } from '../../navigation.tsx';
import { Button, buttonLook } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { SecretReveal } from '../../ui/secret-reveal.tsx';
import { useTranslations } from '../../words/use-translations.ts';

interface CreatedDialogProps {
  readonly created: CreatedKey;
  readonly onAnother: () => void;
  readonly onDone: () => void;
}

/** The secret, once; then what most people want to do with it. */
export function CreatedDialog({ created: { key, secret }, onAnother, onDone }: CreatedDialogProps) {
  const t = useTranslations('keys');
  const [stored, setStored] = useState(false);
  if (!stored) {
    return (
      <Dialog open size="medium" dismissable={false} onClose={onDone} title={t('created', { name: key.name })}>
        <SecretReveal label={t('secretOf', { name: key.name })} secret={secret} onDone={() => setStored(true)} />
      </Dialog>
    );
  }
  return (
    <Dialog
      open
      size="medium"
      onClose={onDone}
      title={t('ready', { name: key.name })}
      description={t('readyText')}
      footer={
        <>
          <Button onClick={onAnother}>{t('another')}</Button>
          <Button onClick={onDone}>{t('openKey')}</Button>
          <Link to="/connect" search={{ key: key.id }} className={buttonLook('primary')}>
            <Plug aria-hidden="true" className="size-4" />
            {t('connectTool')}
          </Link>
        </>
      }
    />
  );
}
