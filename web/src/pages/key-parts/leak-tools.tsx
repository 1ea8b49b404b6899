import { useState } from 'react';
import type { Key, KeyLeak } from '../../api/schema.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Select } from '../../ui/select.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { SnippetView } from '../connect/snippet-view.tsx';
import type { Setting, Snippet } from '../connect/snippets/snippet.ts';
import { snippetOf } from '../connect/snippets.ts';
import { firstTool, isToolId, type ToolId, toolName, tools } from '../connect/tools.ts';
import { useSetting } from '../connect/use-setting.ts';

interface LeakToolsProps {
  readonly report: KeyLeak;
  readonly successor: Key;
  readonly onNext: () => void;
}

/** Where the old key stood, the new one has to stand: the tools that have used it, and a snippet for each. */
export function LeakTools({ report, successor, onNext }: LeakToolsProps) {
  const t = useTranslations('keys.leak');
  const setting = useSetting(successor);
  const used = (report.usage.tools ?? []).flatMap(({ tool }) => tool ?? []);
  return (
    <div className="grid gap-4">
      <p>{used.length === 0 ? t('toolsUnknown') : t('toolsSeen', { tools: used.map(toolName).join(', ') })}</p>
      {setting && <ToolSnippet setting={setting} used={used} />}
      <div className="flex justify-end">
        <Button variant="primary" onClick={onNext}>
          {t('toolsDone')}
        </Button>
      </div>
    </div>
  );
}

function ToolSnippet({ setting, used }: { readonly setting: Setting; readonly used: readonly string[] }) {
  const t = useTranslations('keys.leak');
  const [chosen, setChosen] = useState<ToolId | null>(null);
  const fitting = tools.filter(({ families }) => families.includes(setting.family));
  const seen = used.filter(isToolId).find((tool) => fitting.some(({ id }) => id === tool));
  const tool = chosen ?? seen ?? firstTool(setting.family);
  const snippet = snippetOf(tool, setting);
  return (
    <>
      <Field name="tool" label={t('tool')}>
        <Select
          value={tool}
          onChange={(event) => setChosen(isToolId(event.target.value) ? event.target.value : null)}
          options={fitting.map(({ id, name }) => ({ value: id, label: name }))}
        />
      </Field>
      {snippet && <SnippetView snippet={withoutSetUp(snippet)} />}
    </>
  );
}

/** The tool is there already. */
function withoutSetUp({ steps, notes }: Snippet): Snippet {
  return { steps: steps.filter(({ id }) => id !== 'install' && id !== 'auth' && id !== 'run'), notes };
}
