import { useState } from 'react';
import { useMayChange } from '../../identity/acting.ts';
import { useSession } from '../../session.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { CodesDialog, TurnOffDialog } from './two-factor-change.tsx';
import { SetUpDialog } from './two-factor-set-up.tsx';

export function TwoFactorCard() {
  const t = useTranslations('account.twoFactor');
  const { account } = useSession();
  const mayChange = useMayChange();
  const [dialog, setDialog] = useState<'set-up' | 'codes' | 'off' | null>(null);
  const close = () => setDialog(null);
  const actions = account.two_factor ? (
    <>
      <Button onClick={() => setDialog('codes')}>{t('codes')}</Button>
      <Button onClick={() => setDialog('off')}>{t('turnOff')}</Button>
    </>
  ) : (
    <Button variant="primary" onClick={() => setDialog('set-up')}>
      {t('setUp')}
    </Button>
  );
  return (
    <>
      <Card
        title={
          <span className="flex items-center gap-2.5">
            {t('title')}
            <Badge tone={account.two_factor ? 'good' : 'neutral'}>{t(account.two_factor ? 'on' : 'off')}</Badge>
          </span>
        }
        description={t('description')}
        actions={mayChange && actions}
      />
      {dialog === 'set-up' && <SetUpDialog onClose={close} />}
      {dialog === 'codes' && <CodesDialog onClose={close} />}
      {dialog === 'off' && <TurnOffDialog onClose={close} />}
    </>
  );
}
