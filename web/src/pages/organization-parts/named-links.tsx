import { Fragment } from 'react';
import { Link, type PagePath } from '../../navigation.tsx';

interface NamedLinksProps {
  readonly items: readonly { readonly id: string; readonly name: string }[];
  readonly to: PagePath;
  readonly param: string;
}

/** Names that lead to their pages; a dash where there are none. */
export function NamedLinks({ items, to, param }: NamedLinksProps) {
  if (items.length === 0) return <span className="text-faint">–</span>;
  return (
    <span>
      {items.map(({ id, name }, index) => (
        <Fragment key={id}>
          {index > 0 && ', '}
          <Link to={to} params={{ [param]: id }} className="relative z-[1] hover:underline">
            {name}
          </Link>
        </Fragment>
      ))}
    </span>
  );
}
