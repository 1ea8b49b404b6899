import { useId } from 'react';
import { cx } from '../../ui/cx.ts';
import { Loaded } from '../../ui/loaded.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { usePermissionText } from '../account-tokens/permission-text.ts';
import { holds } from '../organization-parts/rank.ts';
import { useMyRank } from '../organization-parts/use-roles.ts';
import { type Extent, extentIn, grouped, type Permission, usePermissions, withExtent } from './permissions.ts';

interface PermissionChoiceProps {
  /** `keys.read`, or `keys.read:own`. */
  readonly value: readonly string[];
  readonly onChange: (value: readonly string[]) => void;
  readonly readOnly?: boolean;
}

/** Permissions by what they are about; some can be had for one's own only. */
export function PermissionChoice({ value, onChange, readOnly = false }: PermissionChoiceProps) {
  const t = useTranslations('roles');
  const reading = usePermissions();
  return (
    <div className="grid gap-4">
      {!readOnly && <p className="text-soft">{t('ownExplained')}</p>}
      <Loaded reading={reading} skeleton={<Skeleton className="h-96 w-full" />}>
        {({ data }) =>
          grouped(data).map((group) => (
            <section key={group.id} aria-label={t(`groups.${group.id}`)}>
              <h3 className="mb-1 text-xs font-medium text-faint">{t(`groups.${group.id}`)}</h3>
              <div className="divide-y divide-line rounded-xl border border-line">
                {group.permissions.map((permission) => (
                  <PermissionRow
                    key={permission.name}
                    permission={permission}
                    extent={extentIn(value, permission.name)}
                    readOnly={readOnly}
                    onChange={(extent) => onChange(withExtent(value, permission.name, extent))}
                  />
                ))}
              </div>
            </section>
          ))
        }
      </Loaded>
    </div>
  );
}

interface PermissionRowProps {
  readonly permission: Permission;
  readonly extent: Extent;
  readonly readOnly: boolean;
  readonly onChange: (extent: Extent) => void;
}

/** Part of every role: without it nothing of the organization is seen. */
const always = 'organization.read';

function PermissionRow({ permission, extent, readOnly, onChange }: PermissionRowProps) {
  const t = useTranslations('roles');
  const id = useId();
  const me = useMyRank();
  const text = usePermissionText();
  const { name, ownable } = permission;
  const extents: readonly Extent[] = ownable ? ['none', 'own', 'all'] : ['none', 'all'];
  const lacks = (each: Extent) => each !== 'none' && !holds(me.held, each === 'all' ? name : `${name}:own`);
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1.5 px-3.5 py-2">
      <div id={id} className="min-w-0 grow basis-64">
        {text(permission.name)}
        {!readOnly && lacks('all') && <span className="block text-xs text-soft">{t('notYours')}</span>}
      </div>
      <div role="radiogroup" aria-labelledby={id} className="flex rounded-lg border border-line bg-sunk p-0.5">
        {extents.map((each) => (
          <label
            key={each}
            className={cx(
              'cursor-pointer rounded-md px-2.5 py-1 text-[0.8125rem] text-soft has-checked:bg-card has-checked:font-medium has-checked:text-ink has-checked:shadow-lift has-focus-visible:outline-2 has-focus-visible:outline-accent has-disabled:cursor-default',
              'has-[:disabled:not(:checked)]:opacity-50',
            )}
          >
            <input
              type="radio"
              name={`permissions.${name}`}
              value={each}
              checked={extent === each}
              disabled={readOnly || name === always || lacks(each)}
              onChange={() => onChange(each)}
              className="sr-only"
            />
            {t(`extents.${each}`)}
          </label>
        ))}
      </div>
    </div>
  );
}
