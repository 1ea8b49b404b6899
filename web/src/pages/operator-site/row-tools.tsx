import { ArrowDown, ArrowUp, X } from 'lucide-react';
import { IconButton } from '../../ui/icon-button.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { moved } from '../operator-group/moved.ts';

interface RowToolsProps<Row> {
  readonly rows: readonly Row[];
  readonly index: number;
  readonly onChange: (rows: readonly Row[]) => void;
  /** False: the last one stays. */
  readonly mayRemove?: boolean;
}

/** Moves a row of a list that is edited, and takes it out. */
export function RowTools<Row>({ rows, index, onChange, mayRemove = true }: RowToolsProps<Row>) {
  const t = useTranslations('siteSettings.site');
  return (
    <div className="flex shrink-0">
      <IconButton
        small
        icon={ArrowUp}
        label={t('moveUp')}
        disabled={index === 0}
        onClick={() => onChange(moved(rows, index, -1))}
      />
      <IconButton
        small
        icon={ArrowDown}
        label={t('moveDown')}
        disabled={index === rows.length - 1}
        onClick={() => onChange(moved(rows, index, 1))}
      />
      {mayRemove && (
        <IconButton
          small
          icon={X}
          label={t('remove')}
          onClick={() => onChange(rows.filter((_, each) => each !== index))}
        />
      )}
    </div>
  );
}
