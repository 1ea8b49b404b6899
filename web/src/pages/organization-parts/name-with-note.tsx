import type { ReactNode } from 'react';

interface NameWithNoteProps {
  readonly name: string;
  readonly note: string;
  /** Beside the name: a state. */
  readonly badge?: ReactNode;
}

export function NameWithNote({ name, note, badge }: NameWithNoteProps) {
  return (
    <span className="block min-w-0">
      <span className="flex flex-wrap items-center gap-x-2">
        <span className="min-w-0 break-words">{name}</span>
        {badge}
      </span>
      {note !== '' && <span className="line-clamp-2 text-[0.8125rem] font-normal text-soft">{note}</span>}
    </span>
  );
}
