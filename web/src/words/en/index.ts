import { everybody } from './everybody.ts';
import { staff } from './staff.ts';

/** One member per area; `useTranslations('keys')` reads the area `keys`. */
export const en = { ...everybody, ...staff } as const;
