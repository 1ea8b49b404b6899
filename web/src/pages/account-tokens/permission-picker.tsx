import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { usePermissionText } from './permission-text.ts';
import { isReading, type PermissionGroup, type TokenPermission } from './permissions.ts';

interface PermissionPickerProps {
  readonly groups: readonly (readonly [PermissionGroup, readonly TokenPermission[]])[];
  readonly picked: ReadonlySet<TokenPermission>;
  readonly onPick: (picked: ReadonlySet<TokenPermission>) => void;
}

export function PermissionPicker({ groups, picked, onPick }: PermissionPickerProps) {
  const t = useTranslations('account.tokens');
  const textOf = usePermissionText();
  const all = groups.flatMap(([, names]) => names);
  const toggle = (name: TokenPermission, on: boolean) => {
    const next = new Set(picked);
    if (on) next.add(name);
    else next.delete(name);
    onPick(next);
  };
  return (
    <fieldset>
      <legend className="font-medium">{t('permissions')}</legend>
      <p className="text-[0.8125rem] text-soft">{t('permissionsHint')}</p>
      <div className="mt-1 -ml-2.5 flex flex-wrap gap-1">
        <Button small variant="ghost" onClick={() => onPick(new Set(all.filter(isReading)))}>
          {t('pickReading')}
        </Button>
        <Button small variant="ghost" onClick={() => onPick(new Set(all))}>
          {t('pickAll')}
        </Button>
        <Button small variant="ghost" onClick={() => onPick(new Set())}>
          {t('pickNone')}
        </Button>
      </div>
      <div className="mt-2 grid gap-4 rounded-xl border border-line px-4 py-3.5">
        {groups.map(([group, names]) => (
          <fieldset key={group} className="grid gap-1.5">
            <legend className="mb-1.5 text-[0.8125rem] font-medium text-soft">{t(`groups.${group}`)}</legend>
            {names.map((name) => (
              <Checkbox
                key={name}
                label={textOf(name)}
                hint={<code className="font-mono text-xs">{name}</code>}
                checked={picked.has(name)}
                onChange={(event) => toggle(name, event.target.checked)}
              />
            ))}
          </fieldset>
        ))}
      </div>
    </fieldset>
  );
}
