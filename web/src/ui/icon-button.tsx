import type { LucideIcon } from 'lucide-react';
import type { ButtonHTMLAttributes, Ref } from 'react';
import { cx } from './cx.ts';
import { Tooltip } from './tooltip.tsx';

interface IconButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'children'> {
  readonly icon: LucideIcon;
  /** What it does: its name for assistive technology, and its tooltip. */
  readonly label: string;
  readonly small?: boolean;
  readonly ref?: Ref<HTMLButtonElement>;
}

export function IconButton({ icon: Icon, label, small = false, className, ...rest }: IconButtonProps) {
  return (
    <Tooltip text={label} describes={false}>
      <button
        type="button"
        aria-label={label}
        {...rest}
        className={cx(
          'inline-grid shrink-0 place-items-center rounded-lg text-soft transition-colors hover:bg-sunk hover:text-ink disabled:opacity-50',
          small ? 'size-7' : 'size-9',
          className,
        )}
      >
        <Icon aria-hidden="true" className={small ? 'size-3.5' : 'size-4'} />
      </button>
    </Tooltip>
  );
}
