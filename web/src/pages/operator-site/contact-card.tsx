import { Plus } from 'lucide-react';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Field } from '../../ui/field.tsx';
import { Select } from '../../ui/select.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import type { Contact } from './draft.ts';
import { RowTools } from './row-tools.tsx';
import type { PartProps } from './site-form.tsx';

const kinds = ['email', 'chat', 'phone', 'link'] as const;
const topics = ['technical', 'pre_sales', 'after_sales', 'billing', 'security'] as const;
const mostRows = 20;
const fresh: Contact = { kind: 'email', label: { en: '', zh: '' }, value: '', topics: [] };
const inputTypes = { email: 'email', chat: 'text', phone: 'tel', link: 'url' } as const;

/** How people reach the operator. */
export function ContactCard({ draft, set, mayWrite }: PartProps) {
  const t = useTranslations('siteSettings.site');
  const rows = draft.contact;
  const change = (index: number, own: Partial<Contact>) =>
    set({ contact: rows.map((row, each) => (each === index ? { ...row, ...own } : row)) });
  return (
    <Card title={t('contacts')} description={t('contactsText')}>
      <div className="grid gap-4">
        {rows.length === 0 && <p className="text-soft">{t('noContacts')}</p>}
        {rows.map((row, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows have no name of their own, and their fields are controlled.
          <div key={index} className="grid gap-4 rounded-xl border border-line px-4 py-3.5">
            <div className="flex items-end justify-between gap-2">
              <Field name={`contact.${index}.kind`} label={t('contactKind')} className="min-w-32">
                <Select
                  value={row.kind}
                  onChange={(event) =>
                    change(index, { kind: kinds.find((each) => each === event.target.value) ?? 'email' })
                  }
                  options={kinds.map((value) => ({ value, label: t(`contactKinds.${value}`) }))}
                />
              </Field>
              {mayWrite && <RowTools rows={rows} index={index} onChange={(contact) => set({ contact })} />}
            </div>
            <Field name={`contact.${index}.value`} label={t(`contactValue.${row.kind}`)} required>
              <TextInput
                type={inputTypes[row.kind]}
                maxLength={500}
                value={row.value}
                onChange={(event) => change(index, { value: event.target.value })}
              />
            </Field>
            <div className="grid gap-4 sm:grid-cols-2">
              <Field name={`contact.${index}.label.en`} label={t('labelEn')} optional>
                <TextInput
                  maxLength={100}
                  value={row.label.en}
                  onChange={(event) => change(index, { label: { ...row.label, en: event.target.value } })}
                />
              </Field>
              <Field name={`contact.${index}.label.zh`} label={t('labelZh')} optional>
                <TextInput
                  maxLength={100}
                  lang="zh"
                  value={row.label.zh}
                  onChange={(event) => change(index, { label: { ...row.label, zh: event.target.value } })}
                />
              </Field>
            </div>
            <fieldset>
              <legend className="mb-1.5 font-medium">{t('topics')}</legend>
              <div className="flex flex-wrap gap-x-5 gap-y-1.5">
                {topics.map((topic) => (
                  <Checkbox
                    key={topic}
                    label={t(`topic.${topic}`)}
                    checked={row.topics.includes(topic)}
                    onChange={(event) =>
                      change(index, {
                        topics: topics.filter((each) =>
                          each === topic ? event.target.checked : row.topics.includes(each),
                        ),
                      })
                    }
                  />
                ))}
              </div>
            </fieldset>
          </div>
        ))}
        {mayWrite && rows.length < mostRows && (
          <div>
            <Button small icon={Plus} onClick={() => set({ contact: [...rows, fresh] })}>
              {t('addContact')}
            </Button>
          </div>
        )}
      </div>
    </Card>
  );
}
