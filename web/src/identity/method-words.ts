import { useMessages } from 'use-intl';

/** How somebody signed in, in the reader's words. */
export function useMethodWords(): (method: string | null) => string {
  const words: Readonly<Record<string, string>> = useMessages().account.methods;
  return (method) => (method === null ? '–' : (words[method] ?? method));
}
