/** Units in which people think of a time of grace. `most`: seven days, which is what the API takes. */
export const graceUnits = {
  minutes: { minutes: 1, most: 10_080 },
  hours: { minutes: 60, most: 168 },
  days: { minutes: 1_440, most: 7 },
} as const;
export type GraceUnit = keyof typeof graceUnits;

/** The greatest unit that says it without a fraction. Pure. */
export function graceIn(minutes: number): { readonly value: number; readonly unit: GraceUnit } {
  const unit = (['days', 'hours'] as const).find((name) => minutes % graceUnits[name].minutes === 0) ?? 'minutes';
  return { value: minutes / graceUnits[unit].minutes, unit };
}

export function minutesOf(value: number, unit: GraceUnit): number {
  return value * graceUnits[unit].minutes;
}
