import type { LucideIcon } from 'lucide-react';
import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react';
import { cx } from './cx.ts';
import { Spinner } from './spinner.tsx';

export type ButtonVariant = 'primary' | 'secondary' | 'ghost' | 'danger';

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly variant?: ButtonVariant;
  readonly small?: boolean;
  readonly icon?: LucideIcon;
  /** Work is going on: the button keeps its size and its focus, and does nothing. */
  readonly busy?: boolean;
  readonly ref?: Ref<HTMLButtonElement>;
  readonly children: ReactNode;
}

const base =
  'relative inline-flex items-center justify-center gap-2 rounded-lg border font-medium whitespace-nowrap select-none transition-colors aria-disabled:opacity-55 disabled:opacity-55';

const looks: Readonly<Record<ButtonVariant, string>> = {
  primary: 'border-transparent bg-accent text-on-accent hover:bg-accent-strong',
  secondary: 'border-line bg-card text-ink shadow-lift hover:border-edge hover:bg-sunk',
  ghost: 'border-transparent text-soft hover:bg-sunk hover:text-ink',
  danger: 'border-transparent bg-danger text-on-danger hover:bg-danger-strong',
};

/** The look of a button, for a link that leads on as one (`<Link className={buttonLook('primary')}>`). */
export function buttonLook(variant: ButtonVariant = 'secondary', small = false): string {
  return cx(base, looks[variant], small ? 'min-h-8 px-2.5 text-[0.8125rem]' : 'min-h-9 px-3.5 text-sm');
}

export function Button(props: ButtonProps) {
  const {
    variant = 'secondary',
    small = false,
    icon: Icon,
    busy = false,
    children,
    className,
    onClick,
    ...rest
  } = props;
  return (
    <button
      type="button"
      {...rest}
      className={cx(buttonLook(variant, small), className)}
      aria-disabled={busy || undefined}
      onClick={(event) => {
        // Not `disabled`: that would drop the focus in the middle of the work. A form looks at its own state.
        if (busy) event.preventDefault();
        else onClick?.(event);
      }}
    >
      {Icon && <Icon aria-hidden="true" className={cx('size-4 shrink-0', busy && 'opacity-0')} />}
      <span className={cx(busy && 'opacity-0')}>{children}</span>
      {busy && (
        <span className="absolute inset-0 grid place-items-center">
          <Spinner />
        </span>
      )}
    </button>
  );
}
