import { cloneElement, type HTMLAttributes, type ReactElement, useEffect, useId, useRef, useState } from 'react';
import { type Placement, useAnchored } from './anchored.ts';

interface TooltipProps {
  readonly text: string;
  /** False where the text is the element's name already, and need not be read out twice. */
  readonly describes?: boolean;
  readonly side?: Placement['side'];
  /** One element that can be hovered and focused. */
  readonly children: ReactElement<HTMLAttributes<HTMLElement>>;
}

const openAfterMs = 350;

/** A few words on hover and focus. Esc hides them (WCAG 1.4.13). What a page cannot do without does not stand in one. */
export function Tooltip({ text, describes = true, side = 'top', children }: TooltipProps) {
  const id = useId();
  const anchor = useRef<HTMLElement>(null);
  const float = useRef<HTMLSpanElement>(null);
  const timer = useRef<number>(undefined);
  const [open, setOpen] = useState(false);
  useAnchored(open, anchor, float, { side, align: 'center' });

  useEffect(() => {
    if (!open) return;
    const hide = (event: KeyboardEvent) => event.key === 'Escape' && setOpen(false);
    window.addEventListener('keydown', hide);
    return () => window.removeEventListener('keydown', hide);
  }, [open]);
  useEffect(() => () => window.clearTimeout(timer.current), []);

  const show = (element: HTMLElement, afterMs: number) => {
    anchor.current = element;
    window.clearTimeout(timer.current);
    timer.current = window.setTimeout(() => setOpen(true), afterMs);
  };
  const hide = () => {
    window.clearTimeout(timer.current);
    setOpen(false);
  };
  const { props } = children;
  return (
    <>
      {cloneElement(children, {
        'aria-describedby': describes && open ? id : props['aria-describedby'],
        onPointerEnter: (event) => {
          props.onPointerEnter?.(event);
          if (event.pointerType === 'mouse') show(event.currentTarget, openAfterMs);
        },
        onPointerLeave: (event) => {
          props.onPointerLeave?.(event);
          hide();
        },
        onPointerDown: (event) => {
          props.onPointerDown?.(event);
          hide();
        },
        onFocus: (event) => {
          props.onFocus?.(event);
          if (event.currentTarget.matches(':focus-visible')) show(event.currentTarget, 0);
        },
        onBlur: (event) => {
          props.onBlur?.(event);
          hide();
        },
      })}
      {open && (
        <span
          ref={(element) => {
            float.current = element;
            if (element && !element.matches(':popover-open')) element.showPopover();
          }}
          popover="manual"
          role="tooltip"
          id={id}
          className="pointer-events-none fixed inset-auto m-0 max-w-72 rounded-md bg-ink px-2 py-1 text-xs text-paper shadow-float"
        >
          {text}
        </span>
      )}
    </>
  );
}
