import { Field } from '../../ui/field.tsx';
import { Select } from '../../ui/select.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { tools } from '../connect/tools.ts';
import type { Category } from '../ticket-parts/door.ts';
import { impacts, type TicketFacts } from './compose.ts';

/** A tool that is not in the list has a field for its name. */
export const otherTool = '+';

interface FactFieldsProps {
  readonly category: Category | null;
  readonly facts: TicketFacts;
  /** What is chosen in the list of tools: a name, empty, or `otherTool`. */
  readonly choice: string;
  readonly onChoice: (choice: string) => void;
  readonly onChange: (facts: Partial<Pick<TicketFacts, 'tool' | 'version' | 'impact' | 'order'>>) => void;
}

/** What the desk asks for by itself when it is not there. */
export function FactFields({ category, facts, choice, onChoice, onChange }: FactFieldsProps) {
  const t = useTranslations('myTickets.form');
  const known = tools.map(({ name }) => ({ value: name, label: name }));
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      {category !== 'billing' && (
        <>
          <Field name="tool" label={t('tool')} optional>
            <Select
              value={choice}
              onChange={(event) => onChoice(event.target.value)}
              options={[{ value: '', label: t('toolNone') }, ...known, { value: otherTool, label: t('toolOther') }]}
            />
          </Field>
          {choice === otherTool && (
            <Field name="tool_name" label={t('toolName')} optional>
              <TextInput
                maxLength={100}
                value={facts.tool}
                onChange={(event) => onChange({ tool: event.target.value })}
              />
            </Field>
          )}
          {choice !== '' && (
            <Field name="version" label={t('version')} optional>
              <TextInput
                code
                maxLength={40}
                value={facts.version}
                onChange={(event) => onChange({ version: event.target.value })}
              />
            </Field>
          )}
        </>
      )}
      {category === 'billing' && (
        <Field name="order" label={t('order')} optional>
          <TextInput
            code
            maxLength={80}
            value={facts.order}
            onChange={(event) => onChange({ order: event.target.value })}
          />
        </Field>
      )}
      <Field name="impact" label={t('impact')}>
        <Select
          value={facts.impact}
          onChange={(event) => {
            const impact = impacts.find((one) => one === event.target.value);
            if (impact) onChange({ impact });
          }}
          options={impacts.map((value) => ({ value, label: t(`impacts.${value}`) }))}
        />
      </Field>
    </div>
  );
}
