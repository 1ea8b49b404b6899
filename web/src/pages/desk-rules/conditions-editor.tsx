import { X } from 'lucide-react';
import { Banner } from '../../ui/banner.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Field } from '../../ui/field.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { oneOf } from '../../ui/one-of.ts';
import { Select } from '../../ui/select.tsx';
import { Textarea } from '../../ui/textarea.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import {
  type ChoiceKind,
  choices,
  type DraftConditions,
  isChoiceKind,
  isTextKind,
  type Kind,
  kinds,
  type TextKind,
} from './draft.ts';
import { useChoiceWords } from './rule-words.ts';

interface EditorProps {
  readonly draft: DraftConditions;
  readonly onChange: (draft: DraftConditions) => void;
}

/** What must hold of a mail: all conditions, and of each one of its values. */
export function ConditionsEditor({ draft, onChange }: EditorProps) {
  const t = useTranslations('deskSettings.rules');
  const used = kinds.filter((kind) => draft[kind] !== undefined);
  const free = kinds.filter((kind) => draft[kind] === undefined);
  const add = (kind: Kind) => onChange({ ...draft, [kind]: isTextKind(kind) ? '' : isChoiceKind(kind) ? [] : true });
  const remove = (kind: Kind) => {
    const { [kind]: _removed, ...rest } = draft;
    onChange(rest);
  };
  return (
    <fieldset className="grid gap-3">
      <legend className="mb-1 font-medium">{t('conditions')}</legend>
      <p className="text-[0.8125rem] text-soft">{t('conditionsHint')}</p>
      {used.length === 0 && <Banner>{t('everyMailHint')}</Banner>}
      {used.map((kind) => (
        <div key={kind} className="flex items-start gap-2 rounded-xl border border-line px-4 py-3">
          <div className="min-w-0 grow">
            <ConditionField kind={kind} draft={draft} onChange={onChange} />
          </div>
          <IconButton
            small
            icon={X}
            label={t('removeCondition', { name: t(`kinds.${kind}`) })}
            onClick={() => remove(kind)}
          />
        </div>
      ))}
      {free.length > 0 && (
        <Select
          aria-label={t('addCondition')}
          className="max-w-72"
          value=""
          onChange={(event) => {
            const kind = oneOf(kinds, event.target.value);
            if (kind) add(kind);
          }}
          options={[
            { value: '', label: t('addCondition') },
            ...free.map((value) => ({ value, label: t(`kinds.${value}`) })),
          ]}
        />
      )}
    </fieldset>
  );
}

function ConditionField({ kind, ...rest }: EditorProps & { readonly kind: Kind }) {
  const t = useTranslations('deskSettings.rules');
  if (isTextKind(kind)) return <TextField kind={kind} {...rest} />;
  if (isChoiceKind(kind)) return <ChoiceField kind={kind} {...rest} />;
  const { draft, onChange } = rest;
  return (
    <Field name={`conditions.${kind}`} label={t(`kinds.${kind}`)}>
      <Select
        value={draft[kind] ? 'yes' : 'no'}
        onChange={(event) => onChange({ ...draft, [kind]: event.target.value === 'yes' })}
        options={(['yes', 'no'] as const).map((value) => ({ value, label: t(`flags.${kind}.${value}`) }))}
      />
    </Field>
  );
}

function TextField({ kind, draft, onChange }: EditorProps & { readonly kind: TextKind }) {
  const t = useTranslations('deskSettings.rules');
  return (
    <Field name={`conditions.${kind}`} label={t(`kinds.${kind}`)} hint={t(`hints.${kind}`)}>
      <Textarea
        rows={2}
        maxLength={10_000}
        value={draft[kind] ?? ''}
        onChange={(event) => onChange({ ...draft, [kind]: event.target.value })}
      />
    </Field>
  );
}

function ChoiceField({ kind, draft, onChange }: EditorProps & { readonly kind: ChoiceKind }) {
  const t = useTranslations('deskSettings.rules');
  const words = useChoiceWords();
  const chosen = draft[kind] ?? [];
  const offered: readonly string[] = choices[kind];
  return (
    <fieldset>
      <legend className="mb-1.5 font-medium">{t(`kinds.${kind}`)}</legend>
      <div className="flex flex-wrap gap-x-5 gap-y-1.5">
        {offered.map((value) => (
          <Checkbox
            key={value}
            name={`conditions.${kind}`}
            label={words(kind, value)}
            checked={chosen.includes(value)}
            onChange={({ target: { checked } }) =>
              onChange({
                ...draft,
                [kind]: offered.filter((each) => (each === value ? checked : chosen.includes(each))),
              })
            }
          />
        ))}
      </div>
    </fieldset>
  );
}
