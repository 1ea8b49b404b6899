import { CircleAlert } from 'lucide-react';
import { createContext, type ReactNode, use, useId } from 'react';
import { useTranslations } from '../words/use-translations.ts';
import { cx } from './cx.ts';
import { FormState } from './form-state.ts';

interface FieldProps {
  /** The member of the request's body that it fills, with dots: `limits.rpm`. Errors of the API find it by this. */
  readonly name: string;
  readonly label: string;
  readonly hint?: ReactNode;
  readonly required?: boolean;
  /** Marks what may be left out, where most of a form is required. */
  readonly optional?: boolean;
  /** What a page found by itself; the API's word comes from the form. */
  readonly error?: string | undefined;
  readonly hideLabel?: boolean;
  readonly className?: string;
  /** One control of this directory: TextInput, Select, Textarea … */
  readonly children: ReactNode;
}

/** What a control takes from the field around it. */
export interface FieldWiring {
  readonly id: string;
  readonly name: string;
  readonly required: boolean;
  readonly 'aria-invalid': true | undefined;
  readonly 'aria-describedby': string | undefined;
}

const FieldContext = createContext<FieldWiring | null>(null);

/** Attributes for a control; of the field around it, if there is one. */
export function useFieldWiring(): Partial<FieldWiring> {
  return use(FieldContext) ?? {};
}

export function Field(props: FieldProps) {
  const { name, label, hint, required = false, optional = false, hideLabel = false, className, children } = props;
  const t = useTranslations('ui');
  const id = useId();
  const error = use(FormState).errors[name] ?? props.error;
  const describedBy = [hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ');
  const wiring: FieldWiring = {
    id,
    name,
    required,
    'aria-invalid': error ? true : undefined,
    'aria-describedby': describedBy || undefined,
  };
  return (
    <div className={cx('grid content-start gap-1.5', className)}>
      <label htmlFor={id} className={hideLabel ? 'sr-only' : 'font-medium'}>
        {label}
        {optional && <span className="font-normal text-faint"> · {t('optional')}</span>}
      </label>
      <FieldContext value={wiring}>{children}</FieldContext>
      {error && <FieldError id={`${id}-error`} text={error} />}
      {hint && (
        <div id={`${id}-hint`} className="text-[0.8125rem] text-soft">
          {hint}
        </div>
      )}
    </div>
  );
}

export function FieldError({ id, text }: { readonly id: string; readonly text: string }) {
  return (
    <p id={id} className="flex gap-1.5 text-[0.8125rem] text-danger">
      <CircleAlert aria-hidden="true" className="mt-0.5 size-3.5 shrink-0" />
      {text}
    </p>
  );
}
