import type { Tone } from './badge.tsx';
import { cx } from './cx.ts';

interface ProgressProps {
  readonly label: string;
  /** 0 to 1; null while nobody knows. */
  readonly value: number | null;
  readonly tone?: Tone;
}

const colours: Readonly<Record<Tone, string>> = {
  neutral: 'bg-edge',
  good: 'bg-accent',
  info: 'bg-info',
  warn: 'bg-warn',
  bad: 'bg-danger',
};

export function Progress({ label, value, tone = 'good' }: ProgressProps) {
  const share = value === null ? null : Math.min(1, Math.max(0, value));
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={share === null ? undefined : Math.round(share * 100)}
      className="h-1.5 w-full overflow-hidden rounded-full bg-sunk"
    >
      <div
        className={cx('h-full rounded-full transition-[width]', colours[tone], share === null && 'w-1/3 animate-pulse')}
        style={share === null ? undefined : { width: `${share * 100}%` }}
      />
    </div>
  );
}
