import { useState } from 'react';
import { Field } from '../../ui/field.tsx';
import { oneOf } from '../../ui/one-of.ts';
import { PasswordInput } from '../../ui/password-input.tsx';
import { Select } from '../../ui/select.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { type ImapTls, type Mailbox, tlsWays, usualPorts } from './mailbox.ts';

/** Where a mailbox is read. The password is never shown again. */
export function ImapFields({ imap }: { readonly imap: Mailbox['imap'] }) {
  const t = useTranslations('deskSettings.mailboxes');
  const [tls, setTls] = useState<ImapTls>(imap?.tls ?? 'implicit');
  const [port, setPort] = useState(String(imap?.port ?? usualPorts.implicit));
  const choose = (next: ImapTls) => {
    if (port === String(usualPorts[tls])) setPort(String(usualPorts[next]));
    setTls(next);
  };
  return (
    <div className="grid gap-5 rounded-xl border border-line px-4 py-4">
      <div className="grid gap-5 sm:grid-cols-[1fr_7rem]">
        <Field name="imap.host" label={t('host')} required>
          <TextInput code maxLength={253} defaultValue={imap?.host} placeholder="imap.example.com" />
        </Field>
        <Field name="imap.port" label={t('port')} required>
          <TextInput
            type="number"
            inputMode="numeric"
            min={1}
            max={65_535}
            value={port}
            onChange={(event) => setPort(event.target.value)}
          />
        </Field>
      </div>
      <div className="grid gap-5 sm:grid-cols-2">
        <Field name="imap.tls" label={t('tls')}>
          <Select
            value={tls}
            onChange={(event) => choose(oneOf(tlsWays, event.target.value) ?? 'implicit')}
            options={tlsWays.map((value) => ({ value, label: t(`tlsWays.${value}`) }))}
          />
        </Field>
        <Field name="imap.folder" label={t('folder')} required>
          <TextInput maxLength={200} defaultValue={imap?.folder ?? 'INBOX'} />
        </Field>
        <Field name="imap.user" label={t('user')} required>
          <TextInput maxLength={254} defaultValue={imap?.user} autoComplete="off" />
        </Field>
        <Field name="imap_password" label={t('password')} hint={imap ? t('passwordKept') : undefined} required={!imap}>
          <PasswordInput maxLength={1_000} autoComplete="new-password" />
        </Field>
      </div>
    </div>
  );
}
