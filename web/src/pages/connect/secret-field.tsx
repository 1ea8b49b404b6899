import { useState } from 'react';
import { useTranslations } from 'use-intl';
import type { Key } from '../../api/schema.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { PasswordInput } from '../../ui/password-input.tsx';
import { keyProblem } from './key-check.ts';

interface SecretFieldProps {
  readonly shown: Key;
  readonly held: boolean;
  readonly onHold: (secret: string) => void;
  readonly onForget: () => void;
}

/** The secret of the chosen key, where this window has it; else a field to paste it into. */
export function SecretField({ shown, held, onHold, onForget }: SecretFieldProps) {
  const t = useTranslations('connect');
  const [text, setText] = useState('');
  const problem = text.trim() === '' ? null : keyProblem(text, shown.prefix);
  if (held) {
    return (
      <Banner
        tone="success"
        actions={
          <Button small onClick={onForget}>
            {t('forget')}
          </Button>
        }
      >
        {t('secretHere')}
      </Banner>
    );
  }
  return (
    <Field
      name="secret"
      label={t('paste', { prefix: shown.prefix })}
      hint={t('pasteHint')}
      error={problem === null ? undefined : t(`keyProblems.${problem}`)}
    >
      <PasswordInput
        // No password of this site: managers are not to keep it.
        autoComplete="new-password"
        data-1p-ignore=""
        value={text}
        placeholder={`${shown.prefix}…`}
        onChange={(event) => {
          const typed = event.target.value;
          setText(typed);
          if (keyProblem(typed, shown.prefix) !== null) return;
          setText('');
          onHold(typed.trim());
        }}
      />
    </Field>
  );
}
