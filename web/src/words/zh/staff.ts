import type { staff as english } from '../en/staff.ts';
import type { WordsOf } from '../index.ts';
import { catalogue } from './catalogue.ts';
import { customers } from './customers.ts';
import { desk } from './desk.ts';
import { deskSettings } from './desk-settings.ts';
import { operator } from './operator.ts';
import { siteSettings } from './site-settings.ts';

export const staff: WordsOf<typeof english> = {
  operator,
  customers,
  catalogue,
  siteSettings,
  desk,
  deskSettings,
};
