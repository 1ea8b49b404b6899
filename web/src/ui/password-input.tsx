import { Eye, EyeOff } from 'lucide-react';
import { type InputHTMLAttributes, type ReactNode, useState } from 'react';
import { useTranslations } from '../words/use-translations.ts';
import { IconButton } from './icon-button.tsx';
import { TextInput } from './text-input.tsx';

interface PasswordInputProps extends Omit<InputHTMLAttributes<HTMLInputElement>, 'type'> {
  /** Password managers tell the two apart by it. */
  readonly autoComplete: 'current-password' | 'new-password';
  /** Below the box: how strong it is. */
  readonly strength?: ReactNode;
}

export function PasswordInput({ strength, ...rest }: PasswordInputProps) {
  const t = useTranslations('ui');
  const [shown, setShown] = useState(false);
  return (
    <div className="grid gap-1.5">
      <TextInput
        {...rest}
        type={shown ? 'text' : 'password'}
        spellCheck={false}
        autoCapitalize="off"
        suffix={
          <IconButton
            small
            icon={shown ? EyeOff : Eye}
            label={t(shown ? 'hidePassword' : 'showPassword')}
            onClick={() => setShown(!shown)}
          />
        }
      />
      {strength}
    </div>
  );
}
