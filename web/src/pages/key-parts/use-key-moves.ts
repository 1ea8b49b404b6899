import { useCallback } from 'react';
import { api } from '../../api/client.ts';
import { asProblem } from '../../api/problem.ts';
import { useChanged } from '../../api/queries.ts';
import type { Key } from '../../api/schema.ts';
import { useOrganization } from '../../session.tsx';
import { toast } from '../../ui/toasts.tsx';
import { useProblemWords } from '../../words/use-problem-words.ts';
import { useTranslations } from '../../words/use-translations.ts';

export const listPath = '/control/v1/organizations/{organization}/keys';
export const keyPath = `${listPath}/{key}` as const;

/** What else is shown of a key: its history. */
export const auditPath = '/control/v1/organizations/{organization}/audit';

/** Whatever shows keys reads them again. */
export function useKeysChanged(): () => Promise<void> {
  const changed = useChanged();
  return useCallback(() => changed(listPath, keyPath, auditPath), [changed]);
}

/** Puts a key back into use, at once: nothing is lost by it. What the API refuses is said in passing. */
export function useEnableKey(): (key: Pick<Key, 'id' | 'name'>) => Promise<void> {
  const t = useTranslations('keys');
  const words = useProblemWords();
  const changed = useKeysChanged();
  const { id: organization } = useOrganization();
  return useCallback(
    async ({ id: key, name }) => {
      try {
        await api.post(`${keyPath}/enable`, { params: { organization, key } });
        await changed();
        toast({ text: t('enabledToast', { name }) });
      } catch (error) {
        toast({ tone: 'danger', text: words(asProblem(error)) });
      }
    },
    [t, words, changed, organization],
  );
}
