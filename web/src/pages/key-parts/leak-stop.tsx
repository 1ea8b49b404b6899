import { useState } from 'react';
import { api } from '../../api/client.ts';
import type { Key, KeyLeak } from '../../api/schema.ts';
import { useLanguage } from '../../language.tsx';
import { useOrganization } from '../../session.tsx';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Form, FormActions, SubmitButton } from '../../ui/form.tsx';
import { RadioCards } from '../../ui/radio-cards.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { forgetSecret, holdSecret } from './held-secrets.ts';
import { KeyName } from './key-name.tsx';
import { KeyState } from './key-state.tsx';
import { LastUse } from './last-use.tsx';
import { keyPath, useKeysChanged } from './use-key-moves.ts';

interface LeakStopProps {
  readonly shown: Key;
  readonly onBack: () => void;
  readonly onStopped: (report: KeyLeak) => void;
}

export function LeakStop({ shown, onBack, onStopped }: LeakStopProps) {
  const t = useTranslations('keys');
  const { id: language } = useLanguage();
  const { id: organization } = useOrganization();
  const changed = useKeysChanged();
  const [action, setAction] = useState<'disable' | 'delete'>('disable');
  const stop = async (values: FormData) => {
    const body = { action, successor: values.get('successor') === 'on', locale: language } as const;
    // Not to be repeated by itself: a second successor would be one key too many.
    const ask = { params: { organization, key: shown.id }, body, idempotency: true } as const;
    const report = await api.post(`${keyPath}/leaked`, ask);
    forgetSecret(shown.id);
    if (report.successor) holdSecret(report.successor.key.id, report.successor.secret);
    onStopped(report);
    void changed();
  };
  return (
    <Form onSubmit={stop}>
      <div className="grid gap-2 rounded-xl border border-line px-3.5 py-3">
        <div className="flex flex-wrap items-center justify-between gap-3">
          <KeyName shown={shown} />
          <KeyState shown={shown} />
        </div>
        <p className="text-[0.8125rem] text-soft">
          <LastUse shown={shown} />
        </p>
      </div>
      <RadioCards
        name="action"
        label={t('leak.how')}
        value={action}
        onChange={setAction}
        columns={2}
        cards={[
          { value: 'disable', title: t('leak.disable'), text: t('leak.disableText') },
          { value: 'delete', title: t('leak.delete'), text: t('leak.deleteText') },
        ]}
      />
      <Checkbox name="successor" defaultChecked label={t('leak.successor')} hint={t('leak.successorHint')} />
      <FormActions>
        <Button onClick={onBack}>{t('leak.back')}</Button>
        <SubmitButton danger>{t('leak.stop')}</SubmitButton>
      </FormActions>
    </Form>
  );
}
