import { useMessages } from 'use-intl';
import { useActionText } from '../../audit/use-action-text.ts';

/** `channel.created` in the reader's words: of the site, then of organizations; as it is, where there are none yet. */
export function useActionWords(): (action: string) => string {
  const { operator } = useMessages();
  const inOrganizations = useActionText();
  const words: Readonly<Record<string, string>> = operator.audit.actions;
  return (action) => words[action.replace('.', '_')] ?? inOrganizations(action);
}
