import { type RefObject, useEffect, useState } from 'react';

/** Whether somebody reads in a list: its top has been scrolled away, or the pointer or the keyboard is in it. */
export function useHeld(list: RefObject<HTMLElement | null>, top: RefObject<HTMLElement | null>): boolean {
  const [pointed, setPointed] = useState(false);
  const [focused, setFocused] = useState(false);
  const [scrolled, setScrolled] = useState(false);
  useEffect(() => {
    const { current } = list;
    if (!current) return;
    // A finger leaves no pointer behind.
    const onEnter = (event: PointerEvent) => event.pointerType === 'mouse' && setPointed(true);
    const onLeave = () => setPointed(false);
    const onFocus = (event: FocusEvent) =>
      setFocused(event.target instanceof Element && event.target.matches(':focus-visible'));
    const onBlur = () => setFocused(false);
    current.addEventListener('pointerenter', onEnter);
    current.addEventListener('pointerleave', onLeave);
    current.addEventListener('focusin', onFocus);
    current.addEventListener('focusout', onBlur);
    return () => {
      current.removeEventListener('pointerenter', onEnter);
      current.removeEventListener('pointerleave', onLeave);
      current.removeEventListener('focusin', onFocus);
      current.removeEventListener('focusout', onBlur);
    };
  }, [list]);
  useEffect(() => {
    const { current } = top;
    if (!current) return;
    const seeing = new IntersectionObserver(([entry]) => entry && setScrolled(!entry.isIntersecting));
    seeing.observe(current);
    return () => seeing.disconnect();
  }, [top]);
  return pointed || focused || scrolled;
}
