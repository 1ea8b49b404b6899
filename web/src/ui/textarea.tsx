import type { TextareaHTMLAttributes } from 'react';
import { cx } from './cx.ts';
import { useFieldWiring } from './field.tsx';

interface TextareaProps extends TextareaHTMLAttributes<HTMLTextAreaElement> {
  readonly code?: boolean;
}

export function Textarea({ code = false, className, ...rest }: TextareaProps) {
  const wiring = useFieldWiring();
  return (
    <textarea
      rows={4}
      {...wiring}
      {...rest}
      className={cx('field-box field-sizing-content', code && 'font-mono', className)}
    />
  );
}
