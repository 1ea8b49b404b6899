import { cx } from './cx.ts';

interface SkeletonProps {
  /** Gives it the size of what is coming: `h-5 w-32`. */
  readonly className: string;
}

export function Skeleton({ className }: SkeletonProps) {
  return <span aria-hidden="true" className={cx('skeleton block max-w-full', className)} />;
}

/** Lines of text that are coming. */
export function SkeletonText({ lines = 3 }: { readonly lines?: number }) {
  return (
    <span className="grid gap-2">
      {Array.from({ length: lines }, (_, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines are all alike.
        <Skeleton key={line} className={cx('h-3.5', line === lines - 1 ? 'w-2/3' : 'w-full')} />
      ))}
    </span>
  );
}
