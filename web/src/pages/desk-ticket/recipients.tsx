import { X } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from '../../words/use-translations.ts';

interface RecipientsProps {
  readonly to: string;
  readonly cc: readonly string[];
  readonly onChange: (cc: readonly string[]) => void;
}

const addressForm = /^[^\s@<>]+@[^\s@<>]+$/;
const ccMax = 20;

/** To whom the reply goes. */
export function Recipients({ to, cc, onChange }: RecipientsProps) {
  const t = useTranslations('desk.composer');
  const [text, setText] = useState('');
  const add = () => {
    const address = text.trim().toLowerCase();
    if (!addressForm.test(address)) return;
    setText('');
    if (!cc.includes(address) && address !== to && cc.length < ccMax) onChange([...cc, address]);
  };
  return (
    <div className="flex flex-wrap items-center gap-x-2 gap-y-1 text-[0.8125rem]">
      <span className="text-soft">{t('to')}</span>
      <span className="min-w-0 break-all">{to}</span>
      <span className="ml-2 text-soft">{t('cc')}</span>
      {cc.map((address) => (
        <button
          key={address}
          type="button"
          aria-label={t('removeCc', { address })}
          onClick={() => onChange(cc.filter((one) => one !== address))}
          className="flex max-w-full items-center gap-1 rounded-full border border-line bg-card py-0.5 pr-1.5 pl-2.5 hover:border-edge hover:bg-sunk"
        >
          <span className="min-w-0 truncate">{address}</span>
          <X aria-hidden="true" className="size-3 shrink-0 text-soft" />
        </button>
      ))}
      <input
        type="email"
        aria-label={t('addCc')}
        placeholder={t('addCc')}
        value={text}
        maxLength={254}
        autoComplete="off"
        onChange={(event) => setText(event.target.value)}
        onBlur={add}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' && event.key !== ',') return;
          event.preventDefault();
          add();
        }}
        className="min-h-7 w-40 rounded-md border border-transparent bg-transparent px-1.5 hover:border-line focus:border-edge"
      />
    </div>
  );
}
