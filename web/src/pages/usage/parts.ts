import type { Filters } from '../../navigation.tsx';
import type { Dimension, UsageFilters } from '../../usage/dimensions.ts';
import type { Pulse } from '../../usage/pulse.ts';
import type { View, viewNames } from './question.ts';

/** What every tab of the page is given. */
export interface TabProps {
  readonly view: View;
  readonly filters: UsageFilters;
  readonly pulse: Pulse;
  readonly views: Filters<(typeof viewNames)[number]>;
  readonly narrowing: Filters<Dimension>;
}
