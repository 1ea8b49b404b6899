import { Check, Minus } from 'lucide-react';
import type { Role } from '../../api/schema.ts';
import { Link } from '../../navigation.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Card } from '../../ui/card.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { usePermissionText } from '../account-tokens/permission-text.ts';
import { useRoleText } from '../organization-parts/role-text.ts';
import { useRoleNames, useRolesRead } from '../organization-parts/use-roles.ts';
import { type Extent, extentIn, grouped, type PermissionGroup, usePermissions } from './permissions.ts';

/** The built-in roles side by side. */
export function Matrix() {
  const t = useTranslations('roles');
  const permissions = usePermissions();
  const roles = useRolesRead();
  return (
    <Card flush title={t('builtIn')} description={t('builtInText')}>
      <Loaded reading={permissions} skeleton={<Outline />}>
        {({ data: all }) => (
          <Loaded reading={roles} skeleton={<Outline />}>
            {({ data }) => <MatrixTable groups={grouped(all)} roles={data.filter((role) => role.built_in)} />}
          </Loaded>
        )}
      </Loaded>
    </Card>
  );
}

function Outline() {
  return (
    <div className="grid gap-5 px-5 pt-2 pb-6">
      {Array.from({ length: 14 }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines that are all alike.
        <Skeleton key={index} className={index === 0 ? 'h-16 w-full' : 'h-5 w-full'} />
      ))}
    </div>
  );
}

interface MatrixTableProps {
  readonly groups: readonly PermissionGroup[];
  readonly roles: readonly Role[];
}

const firstLook = 'w-full sticky left-0 z-[1] bg-card py-2 pr-3 pl-5 text-left font-normal max-sm:min-w-36';

function MatrixTable({ groups, roles }: MatrixTableProps) {
  const t = useTranslations('roles');
  return (
    <section
      aria-label={t('byRole')}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
      tabIndex={0}
      className="relative overflow-x-auto rounded-b-2xl"
    >
      <table className="mb-3 w-full border-separate border-spacing-0 text-[0.8125rem]">
        <thead className="align-bottom">
          <tr>
            <th scope="col" className={`${firstLook} border-b border-line`}>
              <span className="sr-only">{t('permission')}</span>
            </th>
            {roles.map((role) => (
              <RoleHead key={role.id} role={role} />
            ))}
          </tr>
        </thead>
        {groups.map((group) => (
          <GroupRows key={group.id} group={group} roles={roles} />
        ))}
      </table>
    </section>
  );
}

function RoleHead({ role }: { readonly role: Role }) {
  const t = useTranslations('roles');
  const name = useRoleNames();
  const text = useRoleText();
  return (
    <th
      scope="col"
      className="min-w-28 sm:min-w-34 border-b border-line px-3 pt-1 pb-3 text-left align-top font-normal last:pr-5"
    >
      <span className="block font-semibold">{name(role.id)}</span>
      <span className="mt-0.5 block text-xs text-soft">{text(role)}</span>
      <Link to="/organization/members" search={{ role: role.id }} className="link mt-1 inline-block text-xs">
        {t('memberCount', { count: role.members })}
      </Link>
    </th>
  );
}

interface GroupRowsProps {
  readonly group: PermissionGroup;
  readonly roles: readonly Role[];
}

function GroupRows({ group, roles }: GroupRowsProps) {
  const t = useTranslations('roles');
  const text = usePermissionText();
  return (
    <tbody>
      <tr>
        <th
          scope="rowgroup"
          colSpan={roles.length + 1}
          className="px-5 pt-3.5 pb-1 text-left text-xs font-medium text-faint"
        >
          <span className="sticky left-5">{t(`groups.${group.id}`)}</span>
        </th>
      </tr>
      {group.permissions.map((permission) => (
        <tr key={permission.name} className="group">
          <th scope="row" className={`${firstLook} group-hover:bg-paper`}>
            {text(permission.name)}
          </th>
          {roles.map((role) => (
            <td key={role.id} className="px-3 py-2 group-hover:bg-paper last:pr-5">
              <ExtentMark extent={extentIn(role.permissions, permission.name)} />
            </td>
          ))}
        </tr>
      ))}
    </tbody>
  );
}

/** How far a permission goes: a word for screen readers beside each mark. */
export function ExtentMark({ extent }: { readonly extent: Extent }) {
  const t = useTranslations('roles.extents');
  if (extent === 'own') return <Badge tone="info">{t('own')}</Badge>;
  const Icon = extent === 'all' ? Check : Minus;
  return (
    <>
      <Icon aria-hidden="true" className={extent === 'all' ? 'size-4 text-accent' : 'size-4 text-line'} />
      <span className="sr-only">{t(extent)}</span>
    </>
  );
}
