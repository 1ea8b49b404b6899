import { Plus } from 'lucide-react';
import { useState } from 'react';
import { useOrganization } from '../../session.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { NewOrganizationDialog } from './new-organization-dialog.tsx';

/** In the personal organization: what it is, and how to work with others. Nothing in a shared one. */
export function PersonalBanner() {
  const t = useTranslations('organization');
  const { kind } = useOrganization();
  const [making, setMaking] = useState(false);
  if (kind !== 'personal') return null;
  return (
    <>
      <Banner
        className="mb-5"
        title={t('personalTitle')}
        actions={
          <Button small icon={Plus} onClick={() => setMaking(true)}>
            {t('make')}
          </Button>
        }
      >
        {t('personalText')}
      </Banner>
      {making && <NewOrganizationDialog onClose={() => setMaking(false)} />}
    </>
  );
}
