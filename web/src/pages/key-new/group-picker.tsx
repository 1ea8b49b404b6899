import { RadioCards } from '../../ui/radio-cards.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { Multiplier } from '../key-parts/group-name.tsx';
import { byVendor, type OfferedGroup } from '../key-parts/offers.ts';

interface GroupPickerProps {
  readonly groups: readonly OfferedGroup[];
  readonly value: string | null;
  readonly onChange: (id: string) => void;
}

/** Every group under its vendor. One set of radio buttons, whatever the number of vendors. */
export function GroupPicker({ groups, value, onChange }: GroupPickerProps) {
  const t = useTranslations('keys.form');
  const vendors = byVendor(groups);
  return (
    <div className="grid gap-5">
      {vendors.map((vendor, index) => (
        <RadioCards
          key={vendor.id}
          name="group"
          label={vendor.name}
          value={value}
          onChange={onChange}
          required
          quiet={index < vendors.length - 1}
          columns={2}
          cards={vendor.groups.map(({ id, display_name, multiplier, models, kind }) => ({
            value: id,
            title: display_name,
            aside: <Multiplier value={multiplier} />,
            text: t('groupFacts', { models, kind }),
          }))}
        />
      ))}
    </div>
  );
}
