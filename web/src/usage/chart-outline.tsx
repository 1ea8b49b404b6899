import { ChartSkeleton } from '../ui/chart.tsx';

/** As high as a chart with one line of legend, for while its data are on their way. */
export function ChartOutline({ height }: { readonly height?: number }) {
  return (
    <div className="grid gap-2">
      <ChartSkeleton {...(height === undefined ? {} : { height })} />
      <div className="h-5" />
    </div>
  );
}
