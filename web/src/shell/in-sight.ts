interface Span {
  readonly top: number;
  readonly bottom: number;
}

/** How far a list has to be scrolled for an item of it to stand in sight with room around it; 0 where it does. Pure. */
export function shiftIntoSight(item: Span, list: Span, room: number): number {
  const above = item.top - room - list.top;
  const below = item.bottom + room - list.bottom;
  if (above < 0) return above;
  return Math.max(0, Math.min(below, above));
}
