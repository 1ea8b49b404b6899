import { Star } from 'lucide-react';
import { useId, useState } from 'react';
import { cx } from '../../ui/cx.ts';
import { Field } from '../../ui/field.tsx';
import { Form, FormActions, SubmitButton } from '../../ui/form.tsx';
import { formText } from '../../ui/form-text.ts';
import { Textarea } from '../../ui/textarea.tsx';
import { useTranslations } from '../../words/use-translations.ts';

export interface Rating {
  readonly stars: number;
  readonly comment: string | null;
}

interface RatingFormProps {
  readonly given: number | null;
  readonly onRate: (rating: Rating) => Promise<unknown>;
}

const scale = ['1', '2', '3', '4', '5'] as const;
const maxComment = 2_000;

export function starsIn(value: number | null): (typeof scale)[number] | null {
  return scale.find((each) => Number(each) === value) ?? null;
}

/** One question, and room for a word. Stars are radio buttons, with what each means. */
export function RatingForm({ given, onRate }: RatingFormProps) {
  const t = useTranslations('myTickets.rating');
  const name = useId();
  const [stars, setStars] = useState(starsIn(given));
  const rate = (values: FormData) => onRate({ stars: Number(stars), comment: formText(values, 'comment') || null });
  return (
    <Form onSubmit={rate}>
      <fieldset className="grid gap-1.5">
        <legend className="mb-1.5 font-medium">{t('question')}</legend>
        <div className="flex flex-wrap items-center gap-x-1 gap-y-1">
          {scale.map((each) => (
            <label
              key={each}
              title={t(`stars.${each}`)}
              className="relative cursor-pointer rounded-lg p-1.5 has-focus-visible:outline-2 has-focus-visible:outline-accent"
            >
              <input
                type="radio"
                name={name}
                value={each}
                required
                checked={each === stars}
                onChange={() => setStars(each)}
                className="absolute inset-0 cursor-pointer opacity-0"
              />
              <span className="sr-only">{t(`stars.${each}`)}</span>
              <Star
                aria-hidden="true"
                className={cx('size-7', stars !== null && each <= stars ? 'fill-warn text-warn' : 'text-edge')}
              />
            </label>
          ))}
          <span className="min-h-5 pl-2 text-soft">{stars !== null && t(`stars.${stars}`)}</span>
        </div>
      </fieldset>
      <Field name="comment" label={t('comment')} optional>
        <Textarea rows={3} maxLength={maxComment} className="min-h-20" />
      </Field>
      <FormActions>
        <SubmitButton disabled={stars === null}>{t('send')}</SubmitButton>
      </FormActions>
    </Form>
  );
}
