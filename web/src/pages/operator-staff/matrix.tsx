import { Check, Minus } from 'lucide-react';
import { Card } from '../../ui/card.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { permissionsOf, staffPermissions, staffRoles, wordOf } from './roles.ts';

/** Roles and permissions, side by side. */
export function Matrix() {
  const t = useTranslations('operator.staff');
  const tRoles = useTranslations('operator.staffRoles');
  return (
    <Card title={t('matrix')} description={t('matrixText')} flush>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
      <section className="relative overflow-x-auto" tabIndex={0} aria-label={t('matrix')}>
        <table className="w-full text-left">
          <thead>
            <tr className="border-b border-line text-xs text-faint">
              <th scope="col" className="py-2 pr-3 pl-5 font-medium">
                {t('permission')}
              </th>
              {staffRoles.map((role) => (
                <th key={role} scope="col" className="px-3 py-2 text-center font-medium whitespace-nowrap">
                  {tRoles(role)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {staffPermissions.map((permission) => (
              <tr key={permission} className="border-b border-line last:border-b-0">
                <th scope="row" className="min-w-44 py-2 pr-3 pl-5 font-normal">
                  {t(`permissions.${wordOf(permission)}`)}
                </th>
                {staffRoles.map((role) => (
                  <td key={role} className="px-3 py-2">
                    <Mark may={permissionsOf[role].includes(permission)} role={tRoles(role)} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </Card>
  );
}

function Mark({ may, role }: { readonly may: boolean; readonly role: string }) {
  const t = useTranslations('operator.staff');
  const Icon = may ? Check : Minus;
  return (
    <span className="grid place-items-center">
      <Icon aria-hidden="true" className={may ? 'size-4 text-accent' : 'size-4 text-faint'} />
      <span className="sr-only">{t(may ? 'may' : 'mayNot', { role })}</span>
    </span>
  );
}
