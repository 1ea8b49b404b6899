import { useRef } from 'react';
import { useSession } from '../../session.tsx';
import { Field } from '../../ui/field.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { Textarea } from '../../ui/textarea.tsx';
import { useTranslations } from '../../words/use-translations.ts';

/** Names that say where a key stands: that is what one wants to know when it has leaked. */
function suggestions(email: string): readonly string[] {
  const person = email.replace(/@.*$/, '').replace(/[^a-z0-9]+/gi, '-');
  return [`${person}-laptop`, 'personal-dev', 'backend-service', 'staging', 'production', 'ci'];
}

export function NameFields() {
  const t = useTranslations('keys.form');
  const { account } = useSession();
  const input = useRef<HTMLInputElement>(null);
  const take = (name: string) => {
    if (!input.current) return;
    input.current.value = name;
    // As if it was typed: what was said of an empty field goes.
    input.current.dispatchEvent(new Event('input', { bubbles: true }));
    input.current.focus();
  };
  return (
    <div className="grid gap-4">
      <Field
        name="name"
        label={t('name')}
        required
        hint={
          <span className="flex flex-wrap items-center gap-1.5">
            {t('nameHint')}
            {suggestions(account.email).map((name) => (
              <button
                key={name}
                type="button"
                onClick={() => take(name)}
                className="rounded-md border border-line bg-card px-1.5 py-px text-xs text-ink hover:border-edge"
              >
                {name}
              </button>
            ))}
          </span>
        }
      >
        <TextInput ref={input} maxLength={100} autoComplete="off" autoFocus />
      </Field>
      <Field name="note" label={t('note')} optional>
        <Textarea rows={2} maxLength={1_000} />
      </Field>
    </div>
  );
}
