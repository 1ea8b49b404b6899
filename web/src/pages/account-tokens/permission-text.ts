import { useCallback } from 'react';
import { useMessages } from 'use-intl';

/** What a permission allows, in the reader's words; its name, for one that the console does not know. */
export function usePermissionText(): (name: string) => string {
  const { permissions } = useMessages().account;
  return useCallback(
    (name) => {
      let place: unknown = permissions;
      for (const part of name.split(/[.:]/)) {
        place = typeof place === 'object' && place !== null ? (place as Record<string, unknown>)[part] : undefined;
      }
      return typeof place === 'string' ? place : name;
    },
    [permissions],
  );
}
