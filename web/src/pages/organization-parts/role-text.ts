import { useCallback } from 'react';
import { useMessages } from 'use-intl';
import type { Role } from '../../api/schema.ts';

/** A role in a sentence: the built-in ones in the reader's language, the organization's own by their note. */
export function useRoleText(): (role: Pick<Role, 'id' | 'note'>) => string {
  const { roles: words } = useMessages();
  return useCallback(
    ({ id, note }) => {
      const builtIn: Readonly<Record<string, string>> = words.texts;
      return builtIn[id] ?? note;
    },
    [words],
  );
}
