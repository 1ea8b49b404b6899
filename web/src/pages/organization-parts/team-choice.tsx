import { Checkbox } from '../../ui/checkbox.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { useAllTeams } from './use-all.ts';

interface TeamChoiceProps {
  readonly value: readonly string[];
  readonly onChange: (teams: readonly string[]) => void;
}

/** Nothing while there is no team to choose. */
export function TeamChoice({ value, onChange }: TeamChoiceProps) {
  const t = useTranslations('members');
  const teams = useAllTeams();
  if (teams === null || teams.length === 0) return null;
  return (
    <fieldset>
      <legend className="mb-2 font-medium">{t('chooseTeams')}</legend>
      <div className="grid max-h-56 gap-2 overflow-y-auto p-0.5">
        {teams.map(({ id, name }) => (
          <Checkbox
            key={id}
            label={name}
            checked={value.includes(id)}
            onChange={({ target }) => onChange(target.checked ? [...value, id] : value.filter((each) => each !== id))}
          />
        ))}
      </div>
    </fieldset>
  );
}
