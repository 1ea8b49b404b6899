import { useOnward } from '../../identity/arrive.ts';
import { linkTo } from '../../identity/links.tsx';
import { useQueryValue } from '../../navigation.tsx';
import { FrontCard } from '../../shell/front.tsx';
import { useSite } from '../../site.ts';
import { useTranslations } from '../../words/use-translations.ts';
import { CodeStep } from './code-step.tsx';
import { PasswordStep } from './password-step.tsx';

export function Page() {
  const t = useTranslations('signIn');
  const next = useQueryValue('next');
  const step = useQueryValue('step');
  const { site } = useSite();
  useOnward(next);
  if (step === 'code') return <CodeStep next={next} />;
  const register = linkTo('/register', next === null ? {} : { next });
  return (
    <FrontCard
      title={t('signIn')}
      description={site ? t('in.description', { site: site.name }) : ' '}
      footer={site?.registration === 'open' && t.rich('in.register', { a: register })}
    >
      <PasswordStep next={next} />
    </FrontCard>
  );
}
