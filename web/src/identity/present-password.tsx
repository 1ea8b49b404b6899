import { useState } from 'react';
import { asProblem } from '../api/problem.ts';
import { useSession } from '../session.tsx';
import { Field } from '../ui/field.tsx';
import { formText } from '../ui/form-text.ts';
import { PasswordInput } from '../ui/password-input.tsx';
import { useTranslations } from '../words/use-translations.ts';

/** For changes that always ask for the password. Nothing for an account without one: there a young sign-in counts. */
export function PresentPasswordField({ hint }: { readonly hint?: string }) {
  const t = useTranslations('account');
  const { account } = useSession();
  if (!account.has_password) return null;
  return (
    <Field name="password" label={t('presentPassword')} hint={hint ?? t('presentPasswordHint')} required>
      <PasswordInput autoComplete="current-password" />
    </Field>
  );
}

/** The member of a body that the field above fills. */
export function presentPassword(values: FormData): { password?: string } {
  const password = formText(values, 'password');
  return password === '' ? {} : { password };
}

/**
 * For changes that ask for the password only when the sign-in is some time ago: the field appears once the API wants it.
 * `attempt` resolves false when that has just happened.
 */
export function usePasswordOnDemand() {
  const t = useTranslations('account');
  const [asked, setAsked] = useState(false);
  const attempt = async (work: () => Promise<unknown>): Promise<boolean> => {
    try {
      await work();
      return true;
    } catch (error) {
      if (asked || !asProblem(error).errors.some(({ field }) => field === 'body.password')) throw error;
      setAsked(true);
      return false;
    }
  };
  return { field: asked ? <PresentPasswordField hint={t('presentPasswordLate')} /> : null, attempt };
}
