/** What usage is narrowed and split by, as the API has it. */
export const dimensions = ['model', 'key', 'group', 'vendor', 'project', 'team', 'member'] as const;
export type Dimension = (typeof dimensions)[number];

export type UsageFilters = Readonly<Partial<Record<Dimension, string[]>>>;
