import { ArrowDown, ArrowUp, GripVertical, Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { RoutingRule } from '../../api/schema.ts';
import { Badge } from '../../ui/badge.tsx';
import { cx } from '../../ui/cx.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { Switch } from '../../ui/switch.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { useStaffNames } from '../desk-settings-parts/staff-names.ts';
import { useRuleWords } from './rule-words.ts';

interface RuleRowProps {
  readonly rule: RoutingRule;
  readonly index: number;
  readonly count: number;
  readonly onMove: (to: number) => void;
  /** Another one was dropped here. */
  readonly onTake: (from: number) => void;
  readonly onToggle: (enabled: boolean) => void;
  readonly onEdit: () => void;
  readonly onRemove: () => void;
}

const dragType = 'application/x-lodge-rule';

/** One rule in its place: dragged by the mouse, or moved by its buttons. */
export function RuleRow({ rule, index, count, onMove, onTake, onToggle, onEdit, onRemove }: RuleRowProps) {
  const t = useTranslations('deskSettings.rules');
  const words = useRuleWords();
  const staff = useStaffNames();
  const [over, setOver] = useState(false);
  const conditions = words.conditions(rule.conditions);
  const actions = words.actions(rule.actions, (id) => staff.find((each) => each.id === id)?.name ?? id);
  return (
    <li
      draggable
      onDragStart={(event) => {
        event.dataTransfer.setData(dragType, String(index));
        event.dataTransfer.effectAllowed = 'move';
      }}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes(dragType)) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        const from = Number(event.dataTransfer.getData(dragType));
        if (Number.isInteger(from)) onTake(from);
      }}
      className={cx('flex flex-wrap items-start gap-x-3 gap-y-2 px-4 py-3.5 sm:px-5', over && 'bg-accent-wash')}
    >
      <GripVertical aria-hidden="true" className="mt-1 size-4 shrink-0 cursor-grab text-faint max-sm:hidden" />
      <span className="mt-0.5 w-5 shrink-0 text-right text-soft tabular-nums">{index + 1}</span>
      <div className="grid min-w-0 grow basis-56 gap-1">
        <p className="flex flex-wrap items-center gap-2 font-medium wrap-anywhere">
          {rule.name}
          {rule.enabled === false && <Badge>{t('disabled')}</Badge>}
        </p>
        <p className="text-[0.8125rem] wrap-anywhere text-soft">
          {conditions.length === 0 ? t('everyMail') : conditions.join(t('and'))}
        </p>
        <p className="text-[0.8125rem] wrap-anywhere">
          {actions.length === 0 ? t('doesNothing') : `→ ${actions.join(t('between'))}`}
        </p>
      </div>
      <div className="flex items-center gap-1 max-sm:ml-7">
        <Switch
          hideLabel
          label={t('enabledOf', { name: rule.name })}
          checked={rule.enabled !== false}
          onChange={onToggle}
        />
        <span className="w-1" />
        <IconButton
          small
          icon={ArrowUp}
          label={t('up', { name: rule.name })}
          disabled={index === 0}
          onClick={() => onMove(index - 1)}
        />
        <IconButton
          small
          icon={ArrowDown}
          label={t('down', { name: rule.name })}
          disabled={index === count - 1}
          onClick={() => onMove(index + 1)}
        />
        <IconButton small icon={Pencil} label={t('edit')} onClick={onEdit} />
        <IconButton small icon={Trash2} label={t('remove')} onClick={onRemove} />
      </div>
    </li>
  );
}
