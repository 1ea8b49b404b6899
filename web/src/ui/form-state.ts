import { createContext } from 'react';

/** By the name of the field. */
export type FieldErrors = Readonly<Record<string, string>>;

/** What a form tells the fields and buttons in it. */
export const FormState = createContext<{ readonly errors: FieldErrors; readonly busy: boolean }>({
  errors: {},
  busy: false,
});
