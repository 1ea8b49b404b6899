import type { PoolClient } from 'pg';
import type { Findings } from './audit-findings.ts';
import { sumColumns } from './sums.ts';

const asText = (from: string) =>
  `concat_ws(', ', ${sumColumns.map((n) => `'${n} ' || ${from}.${n}::text`).join(', ')})`;
const added = sumColumns.map((name) => `sum(${name}) as ${name}`).join(', ');

interface DifferingRow {
  readonly organization_id: string;
  readonly at: Date;
  readonly hours: string | null;
  readonly kept: string | null;
}

function differencesSql(table: string, time: string, of: string): string {
  const place = `organization_id, ${of}`;
  return `
    with hours as (
      select ${time} as at, ${place}, ${added} from usage_hours where hour >= $1 group by ${time}, ${place}
    ), kept as (
      select ${table === 'usage_days' ? 'day' : 'hour'} as at, ${place}, ${sumColumns.join(', ')} from ${table}
      where ${table === 'usage_days' ? 'day' : 'hour'} >= $1
    )
    select organization_id, at, case when hours.requests is not null then ${asText('hours')} end as hours,
      case when kept.requests is not null then ${asText('kept')} end as kept
    from hours full join kept using (at, ${place})
    where hours.requests is null or kept.requests is null or ${asText('hours')} <> ${asText('kept')}
    order by at, organization_id limit 1000`;
}

const rollups = [
  { table: 'usage_organization_hours', sql: differencesSql('usage_organization_hours', 'hour', 'group_id, model') },
  {
    table: 'usage_days',
    sql: differencesSql('usage_days', `date_trunc('day', hour, 'UTC')`, 'key_id, project_id, group_id, model'),
  },
];

/** The sums by organization and by day must be what the sums by hour add up to. `from`: the beginning of a day. */
export async function checkRollups(client: PoolClient, from: Date, findings: Findings): Promise<void> {
  for (const { table, sql } of rollups) {
    const { rows } = await client.query<DifferingRow>(sql, [from]);
    for (const { organization_id: organizationId, at, hours, kept } of rows) {
      const subject = `${table} ${at.toISOString()} organization ${organizationId || 'none'}`;
      findings.add('sums', subject, `hours: ${hours ?? 'none'}; kept: ${kept ?? 'none'}`);
    }
  }
}
