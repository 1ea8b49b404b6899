import type { RoutingActions, RoutingConditions } from '../../api/schema.ts';
import { useLanguage } from '../../language.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { choiceKinds, flagKinds, textKinds } from './draft.ts';

export interface RuleWords {
  /** One sentence each; all must hold. Empty: every mail. */
  conditions(conditions: RoutingConditions): string[];
  actions(actions: RoutingActions, nameOf: (accountId: string) => string): string[];
}

/** What a rule says, in sentences. */
export function useRuleWords(): RuleWords {
  const t = useTranslations('deskSettings.rules');
  const tTickets = useTranslations('tickets');
  const { tag } = useLanguage();
  const choiceWords = useChoiceWords();
  const either = (values: readonly string[]) =>
    new Intl.ListFormat(tag, { type: 'disjunction' }).format(values.map((value) => t('quoted', { value })));
  return {
    conditions: (conditions) => [
      ...textKinds.flatMap((kind) => {
        const values = conditions[kind];
        return values ? [t(`says.${kind}`, { values: either(values) })] : [];
      }),
      ...choiceKinds.flatMap((kind) => {
        const values: readonly string[] | undefined = conditions[kind];
        return values ? [t(`says.${kind}`, { values: either(values.map((value) => choiceWords(kind, value))) })] : [];
      }),
      ...flagKinds.flatMap((kind) => {
        const value = conditions[kind];
        return value === undefined ? [] : [t(`flags.${kind}.${value ? 'yes' : 'no'}`)];
      }),
    ],
    actions: ({ queue, priority, add_tags: tags = [], assignee, drop_automatic_answer: drop }, nameOf) => [
      ...(queue ? [t('does.queue', { queue: tTickets(`queues.${queue}`) })] : []),
      ...(priority ? [t('does.priority', { priority: tTickets(`priorities.${priority}`) })] : []),
      ...(tags.length > 0 ? [t('does.tags', { tags: tags.join(', ') })] : []),
      ...(assignee ? [t('does.assignee', { name: nameOf(assignee) })] : []),
      ...(drop ? [t('does.dropAnswer')] : []),
    ],
  };
}

/** A value that is chosen, in words. */
export function useChoiceWords(): (kind: (typeof choiceKinds)[number], value: string) => string {
  const t = useTranslations('deskSettings');
  const tTickets = useTranslations('tickets');
  return (kind, value) => {
    if (kind === 'prefix') return `${value}:`;
    if (kind === 'plan') return tTickets.has(`plans.${value}`) ? tTickets(`plans.${value}` as 'plans.pro') : value;
    return t.has(`purposes.${value}`) ? t(`purposes.${value}` as 'purposes.support') : value;
  };
}
