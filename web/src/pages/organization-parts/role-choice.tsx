import type { Role } from '../../api/schema.ts';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { mayGive } from './rank.ts';
import { useRoleText } from './role-text.ts';
import { useMyRank, useRoleNames, useRolesRead } from './use-roles.ts';

interface RoleChoiceProps {
  readonly value: readonly string[];
  readonly onChange: (roles: readonly string[]) => void;
  /** What the member holds already: a role that stays is no gift. */
  readonly had?: readonly string[];
}

/** Roles to be held in the whole organization. Those that the reader may not give stand there, and say why. */
export function RoleChoice({ value, onChange, had = [] }: RoleChoiceProps) {
  const t = useTranslations('roles');
  const reading = useRolesRead();
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-2 font-medium">{t('choose')}</legend>
      <Loaded reading={reading} skeleton={<Outline />}>
        {({ data }) =>
          data.map((role) => <Choice key={role.id} role={role} value={value} had={had} onChange={onChange} />)
        }
      </Loaded>
      <p className="min-h-5 text-[0.8125rem] text-soft">{value.length === 0 && t('noRoleHint')}</p>
    </fieldset>
  );
}

function Choice({ role, value, had = [], onChange }: RoleChoiceProps & { readonly role: Role }) {
  const t = useTranslations('roles');
  const me = useMyRank();
  const name = useRoleNames();
  const text = useRoleText();
  const held = had.includes(role.id);
  const fixed = role.id === 'owner' ? !me.roles.includes('owner') : !held && !mayGive(role, me);
  const hint = fixed ? t(role.id === 'owner' ? 'ownerNeeded' : 'aboveYou') : text(role);
  return (
    <Checkbox
      label={name(role.id)}
      hint={hint || undefined}
      disabled={fixed}
      checked={value.includes(role.id)}
      onChange={({ target }) =>
        onChange(target.checked ? [...value, role.id] : value.filter((each) => each !== role.id))
      }
      className={fixed ? 'opacity-60' : ''}
    />
  );
}

function Outline() {
  return Array.from({ length: 5 }, (_, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: lines that are all alike.
    <Skeleton key={index} className="h-[2.6875rem] w-full" />
  ));
}
