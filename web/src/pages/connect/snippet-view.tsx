import type { ReactNode } from 'react';
import { CodeBlock } from '../../ui/code-block.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import type { Block, SettingsField, Snippet } from './snippets/snippet.ts';

/** What to paste where, step by step, and what one has to know besides. */
export function SnippetView({ snippet: { steps, notes } }: { readonly snippet: Snippet }) {
  const t = useTranslations('connect');
  return (
    <div className="grid gap-5">
      <ol className="grid gap-5">
        {steps.map(({ id, block }, index) => (
          <li key={id} className="grid min-w-0 gap-2">
            <p className="flex items-baseline gap-2.5 font-medium">
              <span
                aria-hidden="true"
                className="grid size-5 shrink-0 place-items-center self-center rounded-full bg-accent-wash text-xs font-semibold text-accent-strong"
              >
                {index + 1}
              </span>
              {t(`steps.${id}`)}
            </p>
            <StepBlock block={block} />
          </li>
        ))}
      </ol>
      {notes.length > 0 && (
        <ul className="grid list-disc gap-1.5 border-t border-line pt-4 pl-5 text-[0.8125rem] text-soft marker:text-faint">
          {notes.map((note) => (
            <li key={note}>{t.rich(`notes.${note}`, { code })}</li>
          ))}
        </ul>
      )}
    </div>
  );
}

const code = (chunks: ReactNode) => (
  <code className="rounded bg-sunk px-1 font-mono text-xs wrap-anywhere" translate="no">
    {chunks}
  </code>
);

function StepBlock({ block }: { readonly block: Block }) {
  const t = useTranslations('connect');
  if (block.kind === 'fields') return <Fields fields={block.fields} />;
  return <CodeBlock title={block.kind === 'terminal' ? t('terminal') : block.path} code={block.code} />;
}

function Fields({ fields }: { readonly fields: readonly SettingsField[] }) {
  const t = useTranslations('connect');
  return (
    <dl className="divide-y divide-line overflow-hidden rounded-xl border border-line bg-sunk">
      {fields.map(({ name, value }) => (
        <div key={name} className="flex items-center gap-3 py-1 pr-1 pl-3.5">
          <dt className="w-28 shrink-0 text-[0.8125rem] text-soft">{t(`fields.${name}`)}</dt>
          <dd className="flex min-w-0 grow items-center justify-between gap-2">
            <code className="font-mono text-[0.8125rem] break-all" translate="no">
              {value}
            </code>
            <CopyButton small text={value} label={t('copyField', { field: t(`fields.${name}`) })} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
