import { useEffect, useRef, useState } from 'react';
import { store, stored } from '../../storage.ts';

const storageName = 'lodge.desk-keys';

/** Whether single keys do something. People who dictate turn it off (WCAG 2.1.4). */
export function useKeysSetting(): readonly [boolean, (on: boolean) => void] {
  const [on, setOn] = useState(() => stored(storageName) !== 'off');
  const set = (next: boolean) => {
    store(storageName, next ? null : 'off');
    setOn(next);
  };
  return [on, set];
}

export type KeyActions = Readonly<Record<string, () => void>>;

/** Single keys as shortcuts, while nobody writes and no dialog is open. */
export function useDeskKeys(actions: KeyActions, enabled: boolean): void {
  const latest = useRef(actions);
  latest.current = actions;
  useEffect(() => {
    if (!enabled) return;
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target)) return;
      const action = Object.hasOwn(latest.current, event.key) ? latest.current[event.key] : undefined;
      if (!action || document.querySelector('dialog[open], [popover][role="menu"], [popover][role="dialog"]')) return;
      event.preventDefault();
      action();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [enabled]);
}

function isWriting(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return target.type !== 'checkbox' && target.type !== 'radio';
  return target.isContentEditable || target.matches('textarea, select');
}

/** Moves the focus among links of rows. @returns the one that has it now */
export function moveFocus(list: HTMLElement | null, step: 1 | -1, from: string | null): string | null {
  const links = [...(list?.querySelectorAll<HTMLElement>('[data-row-link]') ?? [])];
  const current = links.indexOf(document.activeElement as HTMLElement);
  const at = current >= 0 ? current : links.findIndex((link) => link.dataset['rowLink'] === from);
  const next = links[at < 0 ? 0 : Math.min(links.length - 1, Math.max(0, at + step))];
  next?.focus();
  next?.scrollIntoView({ block: 'nearest' });
  return next?.dataset['rowLink'] ?? null;
}
