import { useMessages } from 'use-intl';

/** `key.disabled` in the reader's words; as it is, where there are none yet. */
export function useActionText(): (action: string) => string {
  const { audit } = useMessages();
  const words: Readonly<Record<string, string>> = audit.actions;
  return (action) => words[action.replace('.', '_')] ?? action;
}
