import { Plus } from 'lucide-react';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Field } from '../../ui/field.tsx';
import { RadioCards } from '../../ui/radio-cards.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import type { Region } from './draft.ts';
import { RowTools } from './row-tools.tsx';
import type { PartProps } from './site-form.tsx';

const mostRows = 20;
const fresh: Region = { name: '', label: '', api_base_url: '' };

/** Base URLs of the regions. */
export function RegionCard({ draft, settings, set, mayWrite }: PartProps) {
  const t = useTranslations('siteSettings.site');
  const rows = draft.regions;
  const [own] = settings.defaults.regions;
  const change = (index: number, part: Partial<Region>) =>
    set({ regions: rows?.map((row, each) => (each === index ? { ...row, ...part } : row)) ?? null });
  return (
    <Card title={t('regions')} description={t('regionsText')}>
      <div className="grid gap-4">
        <RadioCards
          name="regions_source"
          label={t('regions')}
          value={rows === null ? 'default' : 'own'}
          onChange={(source) =>
            set({ regions: source === 'default' ? null : (settings.regions ?? settings.defaults.regions) })
          }
          columns={2}
          cards={[
            {
              value: 'default',
              title: t('regionsDefault'),
              text: own && <code className="font-mono text-xs break-all">{own.api_base_url}</code>,
            },
            { value: 'own', title: t('regionsOwn') },
          ]}
        />
        {rows?.map((row, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows have no name of their own, and their fields are controlled.
          <div key={index} className="grid gap-4 rounded-xl border border-line px-4 py-3.5">
            <div className="flex items-start justify-between gap-2">
              <div className="grid grow gap-4 sm:grid-cols-2">
                <Field name={`regions.${index}.name`} label={t('regionName')} hint={t('regionNameHint')} required>
                  <TextInput
                    code
                    maxLength={32}
                    pattern="[a-z0-9\-]+"
                    title={t('regionNameHint')}
                    value={row.name}
                    onChange={(event) => change(index, { name: event.target.value })}
                  />
                </Field>
                <Field name={`regions.${index}.label`} label={t('regionLabel')} required>
                  <TextInput
                    maxLength={100}
                    value={row.label}
                    onChange={(event) => change(index, { label: event.target.value })}
                  />
                </Field>
              </div>
              {mayWrite && (
                <RowTools
                  rows={rows}
                  index={index}
                  onChange={(regions) => set({ regions })}
                  mayRemove={rows.length > 1}
                />
              )}
            </div>
            <Field name={`regions.${index}.api_base_url`} label={t('regionUrl')} required>
              <TextInput
                code
                type="url"
                maxLength={500}
                value={row.api_base_url}
                onChange={(event) => change(index, { api_base_url: event.target.value })}
              />
            </Field>
          </div>
        ))}
        {mayWrite && rows !== null && rows.length < mostRows && (
          <div>
            <Button small icon={Plus} onClick={() => set({ regions: [...rows, fresh] })}>
              {t('addRegion')}
            </Button>
          </div>
        )}
      </div>
    </Card>
  );
}
