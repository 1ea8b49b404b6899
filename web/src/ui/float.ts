import { type RefObject, useEffect, useRef, useState } from 'react';
import { type Placement, useAnchored } from './anchored.ts';

export interface Float<Anchor extends HTMLElement> {
  readonly open: boolean;
  readonly anchor: RefObject<Anchor | null>;
  readonly panel: RefObject<HTMLDivElement | null>;
  show(): void;
  /** `refocus`: whether the focus goes back to the anchor. */
  hide(refocus?: boolean): void;
  /** For the panel: puts it into the browser's top layer, above dialogs too. */
  panelRef(element: HTMLDivElement | null): void;
}

/**
 * A panel at a button, in the top layer by the platform's popover. It closes on Esc, on a press elsewhere, and when the
 * focus goes elsewhere.
 */
export function useFloat<Anchor extends HTMLElement>(placement: Placement): Float<Anchor> {
  const [open, setOpen] = useState(false);
  const anchor = useRef<Anchor>(null);
  const panel = useRef<HTMLDivElement>(null);
  useAnchored(open, anchor, panel, placement);

  useEffect(() => {
    if (!open) return;
    const isInside = (target: EventTarget | null) =>
      target instanceof Node && (panel.current?.contains(target) || anchor.current?.contains(target));
    const onPress = (event: Event) => {
      if (!isInside(event.target)) setOpen(false);
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      // Kept from the dialog that the panel may stand in.
      event.preventDefault();
      event.stopPropagation();
      setOpen(false);
      anchor.current?.focus();
    };
    document.addEventListener('pointerdown', onPress, true);
    document.addEventListener('focusin', onPress);
    document.addEventListener('keydown', onKey, true);
    return () => {
      document.removeEventListener('pointerdown', onPress, true);
      document.removeEventListener('focusin', onPress);
      document.removeEventListener('keydown', onKey, true);
    };
  }, [open]);

  return {
    open,
    anchor,
    panel,
    show: () => setOpen(true),
    hide: (refocus = false) => {
      setOpen(false);
      if (refocus) anchor.current?.focus();
    },
    panelRef: (element) => {
      panel.current = element;
      if (element && !element.matches(':popover-open')) element.showPopover();
    },
  };
}

/** The look of what floats. */
export const floatLook =
  'fixed inset-auto m-0 overflow-auto rounded-xl border border-line bg-card text-ink shadow-float max-h-[min(28rem,calc(100vh-5rem))] max-w-[calc(100vw-1rem)]';
