import { CopyButton } from './copy-button.tsx';
import { cx } from './cx.ts';

interface CodeBlockProps {
  readonly code: string;
  /** What it is: a file's name, "Terminal". */
  readonly title?: string;
  readonly wrap?: boolean;
  readonly className?: string;
}

export function CodeBlock({ code, title, wrap = false, className }: CodeBlockProps) {
  return (
    <figure className={cx('min-w-0 overflow-hidden rounded-xl border border-line bg-sunk', className)}>
      <div className="flex items-center justify-between gap-2 pr-1 pl-3.5 min-h-9">
        <figcaption className="min-w-0 truncate font-mono text-xs text-soft">{title}</figcaption>
        <CopyButton small text={code} />
      </div>
      <pre
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
        tabIndex={0}
        className={cx(
          'overflow-x-auto px-3.5 pb-3 font-mono text-[0.8125rem] leading-5',
          wrap && 'whitespace-pre-wrap break-all',
        )}
      >
        <code>{code}</code>
      </pre>
    </figure>
  );
}
