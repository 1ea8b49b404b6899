import { useMemo } from 'react';
import { Select } from '../../ui/select.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { zonesByRegion } from './time-zones.ts';

/** Every zone that the browser knows, by region; first of all its own. */
export function TimeZoneSelect({ timeZone }: { readonly timeZone: string | null }) {
  const t = useTranslations('account.profile');
  const own = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  const regions = useMemo(() => {
    const known = Intl.supportedValuesOf('timeZone');
    // Kept although this browser calls it by another name.
    return zonesByRegion(timeZone === null || known.includes(timeZone) ? known : [...known, timeZone]);
  }, [timeZone]);
  return (
    <Select
      key={timeZone}
      defaultValue={timeZone ?? ''}
      options={[{ value: '', label: t('timeZoneOwn', { zone: own }) }]}
    >
      {regions.map(([region, zones]) => (
        <optgroup key={region} label={region}>
          {zones.map(({ id, label }) => (
            <option key={id} value={id}>
              {label}
            </option>
          ))}
        </optgroup>
      ))}
    </Select>
  );
}
