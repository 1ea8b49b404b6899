import { type HTMLAttributes, type ReactNode, type Ref, useEffect, useId } from 'react';
import type { Placement } from './anchored.ts';
import { floatLook, useFloat } from './float.ts';

interface PopoverProps {
  /** What the panel is: its name for assistive technology. */
  readonly label: string;
  readonly align?: Placement['align'];
  /** A button that takes these attributes. */
  readonly trigger: (attributes: TriggerAttributes) => ReactNode;
  readonly children: ReactNode | ((close: () => void) => ReactNode);
}

export type TriggerAttributes = HTMLAttributes<HTMLButtonElement> & { readonly ref: Ref<HTMLButtonElement> };

/** A small panel at a button: filters, a list of news. For a list of commands take a Menu. */
export function Popover({ label, align = 'start', trigger, children }: PopoverProps) {
  const id = useId();
  const float = useFloat<HTMLButtonElement>({ side: 'bottom', align });
  const { open, panel } = float;
  useEffect(() => {
    if (open) panel.current?.focus();
  }, [open, panel]);
  return (
    <>
      {trigger({
        ref: float.anchor,
        'aria-haspopup': 'dialog',
        'aria-expanded': open,
        ...(open ? { 'aria-controls': id } : {}),
        onClick: () => (open ? float.hide(true) : float.show()),
      })}
      {open && (
        <div
          ref={float.panelRef}
          popover="manual"
          id={id}
          role="dialog"
          aria-label={label}
          tabIndex={-1}
          className={floatLook}
        >
          {typeof children === 'function' ? children(() => float.hide(true)) : children}
        </div>
      )}
    </>
  );
}
