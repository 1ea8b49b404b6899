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
      <span className="max-w-full truncate">{group}</span>
      <span className="flex max-w-full items-center gap-1.5 text-xs text-soft">
        <span className="truncate">{vendor}</span>
        <Multiplier value={multiplier} />
      </span>
    </span>
  );
}

/** Below 1 is a discount, and looks like one. */
export function Multiplier({ value }: { readonly value: string }) {
  return <Badge tone={Number(value) < 1 ? 'good' : 'neutral'}>× {value}</Badge>;
}
