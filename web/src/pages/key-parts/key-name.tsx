import type { Key } from '../../api/schema.ts';

/** The name of a key over its public prefix. */
export function KeyName({ shown: { name, prefix } }: { readonly shown: Pick<Key, 'name' | 'prefix'> }) {
  return (
    <span className="grid min-w-0 sm:min-w-34">
      <span className="truncate">{name}</span>
      <span className="truncate font-mono text-xs font-normal text-soft" translate="no">
        {prefix}…
      </span>
    </span>
  );
}
