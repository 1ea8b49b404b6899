import type { Generated } from 'kysely';
import type { GeneratedTime, Int8 } from './column-types.ts';

/** Tables of the module `customers`. */
export interface CustomerTables {
  customer_figures: CustomerFigureRow;
  suspensions: SuspensionRow;
}

export interface CustomerFigureRow {
  organization_id: string;
  spend_30d: Int8;
  last_request_at: GeneratedTime;
}

export interface SuspensionRow {
  organization_id: string;
  reason: string;
  suspended_by: Generated<string | null>;
  suspended_at: GeneratedTime;
  key_ids: string[];
}
