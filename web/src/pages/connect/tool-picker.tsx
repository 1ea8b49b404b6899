import { useTranslations } from 'use-intl';
import { cx } from '../../ui/cx.ts';
import { type Tool, type ToolId, tools } from './tools.ts';

interface ToolPickerProps {
  readonly value: ToolId;
  readonly onChange: (id: ToolId) => void;
}

const kinds: readonly Tool['kind'][] = ['terminal', 'editor', 'code'];

/** Every tool by name, in three sets. */
export function ToolPicker({ value, onChange }: ToolPickerProps) {
  const t = useTranslations('connect');
  return (
    <div role="radiogroup" aria-label={t('tool')} className="grid gap-x-8 gap-y-3 md:grid-cols-[2fr_1.4fr_1.3fr]">
      {kinds.map((kind) => (
        <div key={kind} className="grid content-start gap-1.5">
          <p className="text-[0.8125rem] text-soft">{t(`kinds.${kind}`)}</p>
          <div className="flex flex-wrap gap-1.5">
            {tools
              .filter((tool) => tool.kind === kind)
              .map(({ id, name }) => (
                <label
                  key={id}
                  className={cx(
                    'cursor-pointer rounded-lg border px-3 py-1.5 font-medium has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent',
                    id === value
                      ? 'border-accent bg-accent-wash text-accent-strong'
                      : 'border-line bg-card hover:border-edge',
                  )}
                >
                  <input
                    type="radio"
                    name="tool"
                    value={id}
                    checked={id === value}
                    onChange={() => onChange(id)}
                    className="sr-only"
                  />
                  {name}
                </label>
              ))}
          </div>
        </div>
      ))}
    </div>
  );
}
