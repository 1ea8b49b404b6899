import { Check, Circle } from 'lucide-react';
import { useState } from 'react';
import { useSiteName } from '../site.ts';
import { cx } from '../ui/cx.ts';
import { Field } from '../ui/field.tsx';
import { PasswordInput } from '../ui/password-input.tsx';
import { useTranslations } from '../words/use-translations.ts';
import { passwordLength, passwordStanding } from './password-rules.ts';

interface NewPasswordFieldProps {
  /** The member of the request's body. */
  readonly name: 'password' | 'new_password';
  readonly label: string;
  /** Whose password it becomes, as far as known. */
  readonly owner?: { readonly email: string; readonly name: string };
  readonly autoFocus?: boolean;
}

/** Where a password is set: its rules stand below, and are ticked off while it is typed. */
export function NewPasswordField({ name, label, owner, autoFocus = false }: NewPasswordFieldProps) {
  const t = useTranslations('signIn.rules');
  const siteName = useSiteName();
  const [password, setPassword] = useState('');
  const standing = passwordStanding(password, { email: '', name: '', ...owner, siteName });
  return (
    <Field
      name={name}
      label={label}
      required
      hint={
        <ul className="grid gap-0.5">
          <Rule met={password !== '' && standing.length}>{t('length', { min: String(passwordLength.min) })}</Rule>
          <Rule met={password !== '' && standing.own}>{t('own')}</Rule>
          <li className="pl-5.5">{t('advice')}</li>
        </ul>
      }
    >
      <PasswordInput
        autoComplete="new-password"
        minLength={passwordLength.min}
        maxLength={passwordLength.max}
        autoFocus={autoFocus}
        value={password}
        onChange={(event) => setPassword(event.target.value)}
      />
    </Field>
  );
}

function Rule({ met, children }: { readonly met: boolean; readonly children: string }) {
  const t = useTranslations('signIn.rules');
  const Icon = met ? Check : Circle;
  return (
    <li className={cx('flex gap-2', met && 'text-accent-strong')}>
      <Icon aria-hidden="true" className={cx('mt-0.5 size-3.5 shrink-0', !met && 'p-0.5 text-faint')} />
      <span>
        {children}
        {met && <span className="sr-only"> ({t('met')})</span>}
      </span>
    </li>
  );
}
