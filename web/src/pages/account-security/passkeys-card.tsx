import { Ellipsis, KeyRound } from 'lucide-react';
import { useState } from 'react';
import { type Answer, api } from '../../api/client.ts';
import { useChanged, useRead } from '../../api/queries.ts';
import { useMayChange } from '../../identity/acting.ts';
import { passkeyHome, passkeySupport } from '../../identity/passkey.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { Menu, MenuItem } from '../../ui/menu.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { toast } from '../../ui/toasts.tsx';
import { useFormats } from '../../ui/use-formats.ts';
import { useTranslations } from '../../words/use-translations.ts';
import { AddPasskeyDialog, RenamePasskeyDialog } from './passkey-dialogs.tsx';

const path = '/control/v1/account/passkeys';

export type Passkey = Answer<typeof path>['data'][number];

export function PasskeysCard() {
  const t = useTranslations('account.passkeys');
  const reading = useRead(path, {});
  const mayChange = useMayChange();
  const [adding, setAdding] = useState(false);
  const add = mayChange && passkeySupport() === 'yes' && <Button onClick={() => setAdding(true)}>{t('add')}</Button>;
  return (
    <Card title={t('title')} description={t('description')} actions={add}>
      <Loaded reading={reading} skeleton={<Skeleton className="h-10 w-full" />}>
        {({ data }) =>
          data.length === 0 ? (
            <p className="flex items-center gap-2.5 text-soft">
              <KeyRound aria-hidden="true" className="size-4 shrink-0" />
              {t('empty')}
            </p>
          ) : (
            <ul className="divide-y divide-line">
              {data.map((passkey) => (
                <PasskeyRow key={passkey.id} passkey={passkey} mayChange={mayChange} />
              ))}
            </ul>
          )
        }
      </Loaded>
      {mayChange && <Elsewhere />}
      {adding && <AddPasskeyDialog onClose={() => setAdding(false)} />}
    </Card>
  );
}

/** Why none can be added here, and where it can. */
function Elsewhere() {
  const t = useTranslations('account.passkeys');
  const support = passkeySupport();
  if (support === 'yes') return null;
  const home = support === 'bare' ? passkeyHome() : null;
  return (
    <p className="mt-3 text-[0.8125rem] text-soft">
      {home === null
        ? t('unsupported')
        : t.rich('elsewhere', {
            host: new URL(home).host,
            a: (chunks) => (
              <a className="link" href={home}>
                {chunks}
              </a>
            ),
          })}
    </p>
  );
}

interface PasskeyRowProps {
  readonly passkey: Passkey;
  readonly mayChange: boolean;
}

function PasskeyRow({ passkey, mayChange }: PasskeyRowProps) {
  const t = useTranslations('account.passkeys');
  const { time } = useFormats();
  const changed = useChanged();
  const [dialog, setDialog] = useState<'rename' | 'delete' | null>(null);
  const { id, name, created_at, synced } = passkey;
  const close = () => setDialog(null);
  const remove = async () => {
    await api.delete('/control/v1/account/passkeys/{passkey}', { params: { passkey: id } });
    await changed(path);
    toast({ text: t('deleted') });
  };
  return (
    <li className="flex items-center gap-3 py-2.5 first:pt-0 last:pb-0">
      <KeyRound aria-hidden="true" className="size-4 shrink-0 text-soft" />
      <div className="min-w-0 grow">
        <p className="font-medium">{name}</p>
        <p className="flex flex-wrap items-center gap-x-3 text-[0.8125rem] text-soft">
          {created_at !== null && t('created', { date: time(new Date(created_at), 'date') })}
          <Badge>{t(synced ? 'synced' : 'device')}</Badge>
        </p>
      </div>
      {mayChange && (
        <Menu
          label={t('more', { name })}
          trigger={(trigger) => <IconButton {...trigger} icon={Ellipsis} label={t('more', { name })} />}
        >
          <MenuItem onSelect={() => setDialog('rename')}>{t('rename')}</MenuItem>
          <MenuItem danger onSelect={() => setDialog('delete')}>
            {t('deleteAction')}
          </MenuItem>
        </Menu>
      )}
      {dialog === 'rename' && <RenamePasskeyDialog passkey={passkey} onClose={close} />}
      <ConfirmDialog
        open={dialog === 'delete'}
        onClose={close}
        title={t('deleteAsk', { name })}
        consequences={[t('deleteText'), t('deleteDevice')]}
        action={t('deleteAction')}
        danger
        onConfirm={remove}
      />
    </li>
  );
}
