import type { Db } from '../store/index.ts';
import { actionsShape, conditionsShape, type RoutingRule } from './rule.ts';

export interface StoredRule extends RoutingRule {
  readonly position: number;
  readonly enabled: boolean;
  readonly updatedAtMs: number;
}

interface RuleRow {
  readonly id: string;
  readonly position: number;
  readonly name: string;
  readonly enabled: boolean;
  readonly conditions: unknown;
  readonly actions: unknown;
  readonly updated_at: Date;
}

/** In order. A rule that this program does not understand is left out: a mail that stands still helps nobody. */
export async function readRules(db: Db): Promise<readonly StoredRule[]> {
  const { rows } = await db.query<RuleRow>(
    'select id, position, name, enabled, conditions, actions, updated_at from routing_rules order by position, id',
  );
  return rows.flatMap((row) => {
    const conditions = conditionsShape.safeParse(row.conditions);
    const actions = actionsShape.safeParse(row.actions);
    if (!conditions.success || !actions.success) return [];
    const { id, position, name, enabled, updated_at } = row;
    const rule = { id, position, name, enabled, updatedAtMs: updated_at.getTime() };
    return [{ ...rule, conditions: conditions.data, actions: actions.data }];
  });
}
