import type { RoutingConditions, RoutingRule } from '../../api/schema.ts';
import { entriesOf } from '../desk-settings-parts/list-text.ts';
import { plans, purposes } from '../desk-settings-parts/values.ts';

/** Conditions whose values are typed, one per line. */
export const textKinds = ['subject', 'text', 'address', 'domain', 'organization', 'tool', 'error_code'] as const;
/** Those whose values are chosen. */
export const choices = {
  prefix: ['bug', 'billing', 'enterprise', 'vulnerability'],
  mailbox: purposes,
  plan: plans,
} as const;
/** Those that hold or do not. */
export const flagKinds = ['impact', 'verified', 'automatic'] as const;
export const choiceKinds = ['prefix', 'mailbox', 'plan'] as const;
export const kinds = [...textKinds, ...choiceKinds, ...flagKinds] as const;

export type TextKind = (typeof textKinds)[number];
export type ChoiceKind = (typeof choiceKinds)[number];
export type FlagKind = (typeof flagKinds)[number];
export type Kind = (typeof kinds)[number];

/** Conditions as they are edited: text stays as it is typed until it is saved. */
export type DraftConditions = Readonly<
  Partial<Record<TextKind, string> & Record<ChoiceKind, readonly string[]> & Record<FlagKind, boolean>>
>;

export function isTextKind(kind: Kind): kind is TextKind {
  return textKinds.some((each) => each === kind);
}

export function isChoiceKind(kind: Kind): kind is ChoiceKind {
  return choiceKinds.some((each) => each === kind);
}

export function draftOf(conditions: RoutingConditions): DraftConditions {
  const draft: Record<string, unknown> = {};
  for (const kind of kinds) {
    const value = conditions[kind];
    if (value === undefined) continue;
    draft[kind] = isTextKind(kind) && Array.isArray(value) ? value.join('\n') : value;
  }
  return draft;
}

/** As the API wants them; conditions without a value are no conditions. Pure. */
export function conditionsOf(draft: DraftConditions): RoutingConditions {
  const conditions: Record<string, unknown> = {};
  for (const kind of kinds) {
    const value = draft[kind];
    if (typeof value === 'boolean') conditions[kind] = value;
    else if (typeof value === 'string') {
      const entries = entriesOf(value);
      if (entries.length > 0) conditions[kind] = entries;
    } else if (value !== undefined && value.length > 0) conditions[kind] = [...value];
  }
  return conditions;
}

/** Conditions that were begun and hold no value. */
export function emptyKinds(draft: DraftConditions): readonly Kind[] {
  const full = conditionsOf(draft);
  return kinds.filter((kind) => draft[kind] !== undefined && full[kind] === undefined);
}

/** A rule as the API takes it. */
export function bodyOf({ name, enabled, conditions, actions }: Omit<RoutingRule, 'id' | 'position' | 'updated_at'>) {
  return { name, enabled: enabled ?? true, conditions, actions };
}
