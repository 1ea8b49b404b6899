import { Dialog } from '../../ui/dialog.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { Switch } from '../../ui/switch.tsx';
import { useTranslations } from '../../words/use-translations.ts';

interface KeysDialogProps {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly on: boolean;
  readonly onChange: (on: boolean) => void;
}

const inbox = [
  ['next', 'j'],
  ['previous', 'k'],
  ['enter', 'Enter'],
  ['select', 'x'],
  ['solve', 'e'],
  ['assign', 'a'],
  ['reply', 'r'],
  ['search', '/'],
  ['help', '?'],
] as const;
const ticket = [
  ['reply', 'r'],
  ['note', 'n'],
  ['solve', 'e'],
  ['assign', 'a'],
  ['next', 'j'],
  ['previous', 'k'],
  ['back', 'u'],
  ['send', 'Ctrl + Enter'],
] as const;

/** Every shortcut of the desk, and the switch that turns them off. */
export function KeysDialog({ open, onClose, on, onChange }: KeysDialogProps) {
  const t = useTranslations('desk.keys');
  return (
    <Dialog open={open} onClose={onClose} title={t('title')} size="medium">
      <div className="grid gap-5">
        <Switch label={t('use')} hint={t('useHint')} checked={on} onChange={onChange} />
        <div className="grid gap-x-8 gap-y-5 sm:grid-cols-2">
          {[['inbox', inbox] as const, ['ticket', ticket] as const].map(([place, keys]) => (
            <section key={place}>
              <h3 className="mb-2 font-semibold">{t(place)}</h3>
              <dl className="grid gap-1.5">
                {keys.map(([name, key]) => (
                  <div key={name} className="flex items-center justify-between gap-3">
                    <dt>{t(name)}</dt>
                    <dd>
                      <Kbd>{key}</Kbd>
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
          ))}
        </div>
      </div>
    </Dialog>
  );
}
