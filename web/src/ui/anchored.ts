import { type RefObject, useLayoutEffect } from 'react';

export interface Placement {
  readonly side: 'top' | 'bottom';
  readonly align: 'start' | 'center' | 'end';
}

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Between anchor and float, and between float and the window's edge, in px. */
const gap = 6;
const margin = 8;

/** Where a float goes: on the wished side where it fits, else on the other, and never out of the window. Pure. */
export function placeFloat(
  anchor: Box,
  float: { width: number; height: number },
  view: { width: number; height: number },
  { side, align }: Placement,
): { left: number; top: number } {
  const above = anchor.top - gap - float.height;
  const below = anchor.top + anchor.height + gap;
  const fitsBelow = below + float.height <= view.height - margin;
  const fitsAbove = above >= margin;
  const wished = side === 'bottom' ? fitsBelow || !fitsAbove : !(fitsAbove || !fitsBelow);
  const left =
    align === 'start'
      ? anchor.left
      : align === 'end'
        ? anchor.left + anchor.width - float.width
        : anchor.left + (anchor.width - float.width) / 2;
  return {
    left: Math.round(Math.max(margin, Math.min(left, view.width - float.width - margin))),
    top: Math.round(Math.max(margin, Math.min(wished ? below : above, view.height - float.height - margin))),
  };
}

/** Keeps a popover at its anchor while it is open. It is placed before it is painted. */
export function useAnchored(
  open: boolean,
  anchor: RefObject<HTMLElement | null>,
  float: RefObject<HTMLElement | null>,
  { side, align }: Placement,
): void {
  useLayoutEffect(() => {
    if (!open) return;
    const place = () => {
      if (!anchor.current || !float.current) return;
      const view = { width: document.documentElement.clientWidth, height: window.innerHeight };
      const size = float.current.getBoundingClientRect();
      const { left, top } = placeFloat(anchor.current.getBoundingClientRect(), size, view, { side, align });
      float.current.style.left = `${left}px`;
      float.current.style.top = `${top}px`;
    };
    place();
    window.addEventListener('scroll', place, { capture: true, passive: true });
    window.addEventListener('resize', place);
    return () => {
      window.removeEventListener('scroll', place, { capture: true });
      window.removeEventListener('resize', place);
    };
  }, [open, anchor, float, side, align]);
}
