import { type FormEvent, type ReactNode, use, useEffect, useMemo, useRef, useState } from 'react';
import { type ApiProblem, asProblem, fieldErrors } from '../api/problem.ts';
import { useFieldWords } from '../words/field-words.ts';
import { useTranslations } from '../words/use-translations.ts';
import { Button } from './button.tsx';
import { cx } from './cx.ts';
import { type FieldErrors, FormState } from './form-state.ts';
import { ProblemMessage } from './problem-message.tsx';

interface FormProps {
  /** Does the work. What it throws is shown: at the fields it names, the rest above the buttons. */
  readonly onSubmit: (values: FormData) => Promise<unknown>;
  /** What the attributes of the fields cannot say; by the name of the field. Empty when all is well. */
  readonly check?: (values: FormData) => FieldErrors;
  readonly className?: string;
  readonly children: ReactNode;
}

/** The browser's own checks with the site's own words, then the page's, then the API's. */
export function Form({ onSubmit, check, className, children }: FormProps) {
  const form = useRef<HTMLFormElement>(null);
  const message = useRef<HTMLDivElement>(null);
  const reproof = useReproof();
  const fieldWords = useFieldWords();
  const [errors, setErrors] = useState<FieldErrors>({});
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const [busy, setBusy] = useState(false);
  const [attempt, setAttempt] = useState(0);

  // After the fields are enabled again and know that they are wrong.
  useEffect(() => {
    if (attempt === 0) return;
    const wrong = form.current?.querySelector<HTMLElement>('[aria-invalid="true"]');
    (wrong ?? message.current)?.focus();
  }, [attempt]);

  const refuse = (wrong: FieldErrors, whole: ApiProblem | null) => {
    setErrors(wrong);
    setProblem(whole);
    setBusy(false);
    setAttempt((count) => count + 1);
  };
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    // A form in a dialog stands, for React, in the form that the dialog was opened from.
    event.stopPropagation();
    if (busy) return;
    const element = event.currentTarget;
    const values = new FormData(element);
    const wrong = { ...check?.(values), ...nativeErrors(element, reproof) };
    if (Object.keys(wrong).length > 0) return refuse(wrong, null);
    setErrors({});
    setProblem(null);
    setBusy(true);
    try {
      await onSubmit(values);
      setBusy(false);
    } catch (error) {
      const known = asProblem(error);
      const { byField, others } = fieldErrors(known, namesIn(element));
      const inWords = Object.entries(byField).map(([name, text]) => [name, fieldWords(text)]);
      refuse(Object.fromEntries(inWords), Object.keys(byField).length > 0 && others.length === 0 ? null : known);
    }
  };
  const state = useMemo(() => ({ errors, busy }), [errors, busy]);
  return (
    <FormState value={state}>
      <form
        ref={form}
        noValidate
        aria-busy={busy}
        className={cx('grid gap-5', className)}
        onSubmit={submit}
        onInput={(event) => {
          const { name } = event.target as HTMLInputElement;
          if (errors[name] === undefined) return;
          const { [name]: _mended, ...rest } = errors;
          setErrors(rest);
        }}
      >
        <fieldset disabled={busy} className="contents">
          {children}
          {problem && (
            <div ref={message} tabIndex={-1} className="order-1 outline-none">
              <ProblemMessage problem={problem} fields={namesIn(form.current)} />
            </div>
          )}
        </fieldset>
      </form>
    </FormState>
  );
}

/** The last line of a form: its buttons, the main one at the end. */
export function FormActions({ children }: { readonly children: ReactNode }) {
  return <div className="order-2 flex flex-wrap items-center justify-end gap-2 pt-1">{children}</div>;
}

interface SubmitButtonProps {
  readonly danger?: boolean;
  readonly wide?: boolean;
  readonly disabled?: boolean;
  readonly children: ReactNode;
}

export function SubmitButton({ danger = false, wide = false, disabled = false, children }: SubmitButtonProps) {
  const { busy } = use(FormState);
  return (
    <Button
      type="submit"
      variant={danger ? 'danger' : 'primary'}
      busy={busy}
      disabled={disabled}
      className={wide ? 'w-full' : ''}
    >
      {children}
    </Button>
  );
}

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

function controlsOf(form: HTMLFormElement | null): Control[] {
  return [...(form?.elements ?? [])].filter(
    (element): element is Control => 'validity' in element && 'name' in element,
  );
}

function namesIn(form: HTMLFormElement | null): string[] {
  return controlsOf(form).map((control) => control.name);
}

function nativeErrors(form: HTMLFormElement, reproof: (control: Control) => string): FieldErrors {
  const wrong = controlsOf(form).filter((control) => control.willValidate && control.name && !control.validity.valid);
  return Object.fromEntries(wrong.map((control) => [control.name, reproof(control)]));
}

/** The browser would speak the system's language, which need not be the reader's. */
function useReproof(): (control: Control) => string {
  const t = useTranslations('ui.invalid');
  return (control) => {
    const { validity } = control;
    if (validity.valueMissing)
      return t(control.type === 'radio' || control.tagName === 'SELECT' ? 'choose' : 'missing');
    if (validity.typeMismatch) return t(control.type === 'email' ? 'email' : 'address');
    if (validity.tooShort) return t('short', { length: Number(control.getAttribute('minlength')) });
    if (validity.tooLong) return t('long', { length: Number(control.getAttribute('maxlength')) });
    if (validity.rangeUnderflow) return t('low', { bound: control.getAttribute('min') ?? '' });
    if (validity.rangeOverflow) return t('high', { bound: control.getAttribute('max') ?? '' });
    if (validity.badInput || validity.stepMismatch) return t('number');
    return control.title || t('pattern');
  };
}
