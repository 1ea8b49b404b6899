import { Banner } from '../../ui/banner.tsx';
import { useTranslations } from '../../words/use-translations.ts';

const codes = [
  'sso_unavailable',
  'sso_failed',
  'sso_email_unverified',
  'sso_account_not_linked',
  'registration_closed',
  'sign_in_failed',
] as const;

/** Why signing in through the identity provider came to nothing: the redirect carries the code alone. */
export function SsoProblem({ code }: { readonly code: string }) {
  const t = useTranslations('signIn.sso');
  const known = codes.find((each) => each === code) ?? 'sso_failed';
  return (
    <Banner tone="danger" role="alert">
      {t(known)}
    </Banner>
  );
}
