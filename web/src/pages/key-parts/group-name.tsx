import { Badge } from '../../ui/badge.tsx';

interface GroupNameProps {
  readonly vendor: string;
  readonly group: string;
  readonly multiplier: string;
}

/** Vendor → group, and what its list prices are multiplied by. */
export function GroupName({ vendor, group, multiplier }: GroupNameProps) {
  return (
    <span className="grid min-w-0 justify-items-start max-sm:justify-items-end">
      <span className="flex max-w-full items-center gap-1.5">
        <span className="truncate">{group}</span>
        <Multiplier value={multiplier} />
      </span>
      <span className="truncate text-xs text-soft">{vendor}</span>
    </span>
  );
}

/** Below 1 is a discount, and looks like one. */
export function Multiplier({ value }: { readonly value: string }) {
  return <Badge tone={Number(value) < 1 ? 'good' : 'neutral'}>× {value}</Badge>;
}
