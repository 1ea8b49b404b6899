import { useSyncExternalStore } from 'react';
import { store, stored } from './storage.ts';

export type Theme = 'light' | 'dark' | 'system';

/** As in `public/early.js`, which applies the choice before the first paint. */
const storageName = 'lodge.theme';
const systemDark = matchMedia('(prefers-color-scheme: dark)');
const listeners = new Set<() => void>();
let chosen: Theme = readStored();

function readStored(): Theme {
  const value = stored(storageName);
  return value === 'light' || value === 'dark' ? value : 'system';
}

function apply(): void {
  document.documentElement.dataset['theme'] = isDark() ? 'dark' : 'light';
  for (const listener of listeners) listener();
}

function isDark(): boolean {
  return chosen === 'dark' || (chosen === 'system' && systemDark.matches);
}

systemDark.addEventListener('change', apply);

export function chooseTheme(theme: Theme): void {
  chosen = theme;
  store(storageName, theme === 'system' ? null : theme);
  apply();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useTheme(): Theme {
  return useSyncExternalStore(subscribe, () => chosen);
}

/** For what is drawn by script and has to be drawn anew: charts. */
export function useIsDark(): boolean {
  return useSyncExternalStore(subscribe, isDark);
}
