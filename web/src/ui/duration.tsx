import { useFormats } from './use-formats.ts';

/** A length of time, with the exact milliseconds as title. */
export function Duration({ ms }: { readonly ms: number }) {
  const { duration, number } = useFormats();
  return (
    <span title={`${number(ms)} ms`} className="whitespace-nowrap">
      {duration(ms)}
    </span>
  );
}
