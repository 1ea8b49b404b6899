import { catalogue } from './catalogue.ts';
import { customers } from './customers.ts';
import { desk } from './desk.ts';
import { deskSettings } from './desk-settings.ts';
import { operator } from './operator.ts';
import { siteSettings } from './site-settings.ts';

/** Areas of pages for staff alone: nobody else fetches them. */
export const staff = {
  operator,
  customers,
  catalogue,
  siteSettings,
  desk,
  deskSettings,
} as const;
