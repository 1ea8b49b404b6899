import { cx } from './cx.ts';
import { initials } from './initials.ts';

interface AvatarProps {
  readonly name: string;
  readonly small?: boolean;
}

/** Initials, as decoration: the name always stands beside it or in the button's label. */
export function Avatar({ name, small = false }: AvatarProps) {
  return (
    <span
      aria-hidden="true"
      // No text of the button it stands in, whose name is its label.
      data-initials={initials(name)}
      className={cx(
        'before:content-[attr(data-initials)] inline-grid shrink-0 place-items-center rounded-full bg-accent-wash font-semibold text-accent-strong',
        small ? 'size-6 text-[0.625rem]' : 'size-8 text-xs',
      )}
    />
  );
}
