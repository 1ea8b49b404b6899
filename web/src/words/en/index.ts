import { problems } from './problems.ts';
import { shell } from './shell.ts';
import { ui } from './ui.ts';

/** One member per area; `useTranslations('keys')` reads the area `keys`. */
export const en = { ui, shell, problems } as const;
