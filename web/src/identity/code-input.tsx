import { TextInput } from '../ui/text-input.tsx';

interface CodeInputProps {
  readonly autoFocus?: boolean;
  /** The form goes off with the last digit. */
  readonly submits?: boolean;
}

const digits = 6;

/** Six digits of an authenticator app, as they are shown: with or without a space in the middle. */
export function CodeInput({ autoFocus = false, submits = false }: CodeInputProps) {
  return (
    <TextInput
      code
      autoFocus={autoFocus}
      inputMode="numeric"
      autoComplete="one-time-code"
      pattern="\s*(?:\d\s*){6}"
      maxLength={12}
      className="tracking-[0.3em]"
      // A wrong code gives way to the next one as soon as a digit is typed.
      onFocus={({ target }) => target.select()}
      onChange={({ target }) => {
        if (submits && target.value.replace(/\s/g, '').length === digits) target.form?.requestSubmit();
      }}
    />
  );
}
