import { SearchX } from 'lucide-react';
import { Link } from '../../navigation.tsx';
import { useOrganizationChoice, useSession } from '../../session.tsx';
import { Button, buttonLook } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { useRequestPlaces } from '../requests/places.ts';

/** The id is a good one, but there is nothing by it here: perhaps in another organization of the reader. */
export function NotFound({ id }: { readonly id: string }) {
  const t = useTranslations('request');
  const { organizations } = useSession();
  const { organization, chooseOrganization } = useOrganizationChoice();
  const { isStaff } = useRequestPlaces();
  const others = organizations.filter(
    (other) => !isStaff && other.id !== organization?.id && other.permissions.includes('requests.read'),
  );
  const idText = () => <code className="font-mono text-[0.8125rem] break-all">{id}</code>;
  return (
    <Card>
      <EmptyState
        icon={SearchX}
        title={t('notFound.title')}
        text={
          isStaff
            ? t.rich('notFound.onSite', { id: idText })
            : t.rich('notFound.text', { organization: () => organization?.name ?? '–', id: idText })
        }
        action={
          <>
            {others.map((other) => (
              <Button key={other.id} onClick={() => chooseOrganization(other.id)}>
                {t('notFound.elsewhere', { organization: other.name })}
              </Button>
            ))}
            <ToList />
          </>
        }
      />
    </Card>
  );
}

export function NoId() {
  const t = useTranslations('request');
  return (
    <Card>
      <EmptyState icon={SearchX} title={t('invalid.title')} text={t('invalid.text')} action={<ToList />} />
    </Card>
  );
}

function ToList() {
  const t = useTranslations('request');
  return (
    <Link to={useRequestPlaces().list} className={buttonLook()}>
      {t('back')}
    </Link>
  );
}
