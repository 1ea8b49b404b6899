interface SparklineProps {
  readonly values: readonly number[];
  /** Says in words what the line shows. */
  readonly label: string;
}

const width = 96;
const height = 24;
const inset = 1.5;

/** A trend in the height of a line of text. */
export function Sparkline({ values, label }: SparklineProps) {
  const points = sparkPoints(values, width, height, inset);
  return (
    <svg role="img" aria-label={label} viewBox={`0 0 ${width} ${height}`} className="h-6 w-24 text-accent">
      {points.length > 1 && (
        <polyline
          points={points.map(([x, y]) => `${x},${y}`).join(' ')}
          fill="none"
          stroke="currentColor"
          strokeWidth="1.5"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      )}
    </svg>
  );
}

/** From 0 at the bottom to the largest value at the top. */
export function sparkPoints(values: readonly number[], wide: number, high: number, edge: number): [number, number][] {
  const top = Math.max(...values, 0) || 1;
  const step = values.length > 1 ? (wide - 2 * edge) / (values.length - 1) : 0;
  return values.map((value, index) => [
    round(edge + index * step),
    round(high - edge - (Math.max(0, value) / top) * (high - 2 * edge)),
  ]);
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
