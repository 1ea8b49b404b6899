import { Plus } from 'lucide-react';
import { useTranslations } from 'use-intl';
import type { Key } from '../../api/schema.ts';
import { Link } from '../../navigation.tsx';
import { useCan } from '../../session.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Button, buttonLook } from '../../ui/button.tsx';
import { useGroups } from '../key-parts/offers.ts';
import type { Tool } from './tools.ts';

interface MismatchProps {
  readonly tool: Tool;
  readonly shown: Key;
  readonly keys: readonly Key[];
  readonly onKey: (id: string) => void;
}

const most = 6;

/** The chosen key is of a vendor that the tool does not speak: which keys would do, and which groups. */
export function Mismatch({ tool, shown, keys, onKey }: MismatchProps) {
  const t = useTranslations('connect');
  const canWrite = useCan('keys.write');
  const groups = (useGroups().data ?? []).filter(({ family }) => tool.families.includes(family));
  const fitting = keys.filter(({ group }) => groups.some(({ id }) => id === group)).slice(0, most);
  const vendors = [...new Set(groups.map(({ vendor_name }) => vendor_name))].join(', ');
  const families = tool.families.map((family) => t(`families.${family}`)).join(', ');
  return (
    <Banner
      tone="warn"
      title={t('mismatch', { tool: tool.name, families, key: shown.name, vendor: shown.vendor_name })}
    >
      <div className="mt-1 grid gap-3">
        <p>{tool.id === 'continue' ? t('mismatchContinue') : t('mismatchText')}</p>
        {fitting.length > 0 && (
          <div className="flex flex-wrap items-center gap-2">
            {t('useKey')}
            {fitting.map(({ id, name, group_name }) => (
              <Button key={id} small onClick={() => onKey(id)}>
                {name} · {group_name}
              </Button>
            ))}
          </div>
        )}
        {groups.length === 0 && <p>{t('noGroup', { families })}</p>}
        {groups.length > 0 && canWrite && (
          <div className="flex flex-wrap items-center gap-2">
            {t('newKeyIn', { vendors })}
            {groups.slice(0, most).map(({ id, display_name }) => (
              <Link key={id} to="/keys/new" search={{ group: id }} className={buttonLook('secondary', true)}>
                <Plus aria-hidden="true" className="size-4" />
                {display_name}
              </Link>
            ))}
          </div>
        )}
      </div>
    </Banner>
  );
}
