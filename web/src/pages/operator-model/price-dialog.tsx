import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import { api } from '../../api/client.ts';
import type { Price, Rates } from '../../api/schema.ts';
import { useLanguage } from '../../language.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Form, FormActions, SubmitButton } from '../../ui/form.tsx';
import type { FieldErrors } from '../../ui/form-state.ts';
import { formText } from '../../ui/form-text.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { RadioCards } from '../../ui/radio-cards.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { toast } from '../../ui/toasts.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { fromZoned } from '../../zoned-time.ts';
import { rateNames } from '../operator-parts/price-versions.ts';
import { priceProblems, ratesIn } from './price-form.ts';

interface PriceDialogProps {
  readonly vendor: string;
  readonly model: string;
  /** What the form begins with. */
  readonly present: Price | null;
  readonly onClose: () => void;
  readonly onSaved: () => Promise<unknown>;
}

interface Tier {
  /** Of the form's row; not of the price. */
  readonly id: number;
  readonly from?: number;
  readonly rates: Rates;
}

const mostTiers = 10;

/** Adds a version of a price: rates, tiers for long input, and from when. */
export function PriceDialog({ vendor, model, present, onClose, onSaved }: PriceDialogProps) {
  const t = useTranslations('catalogue.prices');
  const tUi = useTranslations('ui');
  const { timeZone } = useLanguage();
  const [start, setStart] = useState<'now' | 'later'>('now');
  const [tiers, setTiers] = useState<readonly Tier[]>(
    () => present?.tiers.map((tier, id) => ({ id, from: tier.over_input_tokens, rates: tier.rates })) ?? [],
  );
  const timeOf = (values: FormData) => fromZoned(formText(values, 'valid_from'), timeZone);
  const check = (values: FormData): FieldErrors => {
    const wrong: Record<string, string> = {};
    for (const [name, problem] of Object.entries(
      priceProblems(
        (name) => formText(values, name),
        tiers.map(({ id }) => id),
      ),
    ))
      wrong[name] = t(problem);
    const time = start === 'later' ? timeOf(values) : undefined;
    if (time === null || (time !== undefined && Date.parse(time) <= Date.now())) wrong['valid_from'] = t('timeMissing');
    return wrong;
  };
  const save = async (values: FormData) => {
    const text = (name: string) => formText(values, name);
    const time = start === 'later' ? timeOf(values) : null;
    await api.post('/admin/v1/prices', {
      body: {
        vendor,
        model,
        rates: ratesIn(text, 'rates'),
        tiers: tiers.map(({ id }) => ({
          over_input_tokens: Number(text(`tiers.${id}.over_input_tokens`)),
          rates: ratesIn(text, `tiers.${id}.rates`),
        })),
        ...(time === null ? {} : { valid_from: time }),
      },
    });
    toast({ text: t('added') });
    await onSaved();
    onClose();
  };
  const nextId = Math.max(-1, ...tiers.map(({ id }) => id)) + 1;
  return (
    <Dialog open onClose={onClose} size="large" title={t('addTitle', { name: model })} description={t('addText')}>
      <Form onSubmit={save} check={check}>
        <RateFields name="rates" rates={present?.rates ?? {}} />
        {tiers.map((tier) => (
          <fieldset key={tier.id} className="grid gap-4 rounded-xl border border-line px-4 py-4">
            <div className="flex items-start justify-between gap-3">
              <Field name={`tiers.${tier.id}.over_input_tokens`} label={t('tierFrom')} hint={t('tierHint')} required>
                <TextInput type="number" min={1} step={1} defaultValue={tier.from ?? ''} />
              </Field>
              <IconButton
                icon={X}
                label={t('removeTier')}
                onClick={() => setTiers(tiers.filter(({ id }) => id !== tier.id))}
              />
            </div>
            <RateFields name={`tiers.${tier.id}.rates`} rates={tier.rates} />
          </fieldset>
        ))}
        {tiers.length < mostTiers && (
          <div>
            <Button small icon={Plus} onClick={() => setTiers([...tiers, { id: nextId, rates: {} }])}>
              {t('addTier')}
            </Button>
          </div>
        )}
        <RadioCards
          name="start"
          label={t('start')}
          value={start}
          onChange={setStart}
          columns={2}
          cards={[
            { value: 'now', title: t('startNow') },
            { value: 'later', title: t('startLater') },
          ]}
        />
        {start === 'later' && (
          <Field name="valid_from" label={t('time')} required className="max-w-72">
            <TextInput type="datetime-local" />
          </Field>
        )}
        <FormActions>
          <Button onClick={onClose}>{tUi('cancel')}</Button>
          <SubmitButton>{t('add')}</SubmitButton>
        </FormActions>
      </Form>
    </Dialog>
  );
}

function RateFields({ name, rates }: { readonly name: string; readonly rates: Rates }) {
  const t = useTranslations('catalogue.prices');
  return (
    <fieldset>
      <legend className="mb-2 font-medium">
        {t('rates')} <span className="font-normal text-soft">· {t('ratesText')}</span>
      </legend>
      <div className="grid grid-cols-2 gap-x-4 gap-y-3 sm:grid-cols-3">
        {rateNames.map((rate) => (
          <Field key={rate} name={`${name}.${rate}`} label={t(`rate.${rate}`)}>
            <TextInput inputMode="decimal" maxLength={24} autoComplete="off" defaultValue={rates[rate]} />
          </Field>
        ))}
      </div>
    </fieldset>
  );
}
