import { customers } from './customers.ts';
import { operator } from './operator.ts';
import { problems } from './problems.ts';
import { shell } from './shell.ts';
import { signIn } from './sign-in.ts';
import { ui } from './ui.ts';

/** One member per area; `useTranslations('keys')` reads the area `keys`. */
export const en = { ui, shell, problems, signIn, operator, customers } as const;
