import { expect, test } from 'vitest';
import type { SiteSettings } from '../../api/schema.ts';
import { changeOf, draftOf } from './draft.ts';

const settings: SiteSettings = {
  name: null,
  support_address: 'help@example.com',
  logo_url: null,
  languages: ['en', 'zh'],
  default_language: 'en',
  regions: null,
  contact: [{ kind: 'email', label: { en: 'Sales', zh: '' }, value: 'sales@example.com', topics: ['billing'] }],
  registration: 'open',
  legal: { terms_url: null, privacy_url: 'https://example.com/privacy' },
  key_leak_address: null,
  defaults: { name: 'Lodge', support_address: 'support@example.com', regions: [] },
};

test('a draft that nobody touched changes nothing', () => {
  expect(changeOf(draftOf(settings), settings)).toEqual({});
});

test('only what is another is sent', () => {
  expect(changeOf({ ...draftOf(settings), name: ' Acme ', registration: 'closed' }, settings)).toEqual({
    name: 'Acme',
    registration: 'closed',
  });
});

test('an empty text takes the default, and lists are sent whole', () => {
  const draft = { ...draftOf(settings), support_address: ' ', privacy_url: '', contact: [] };
  expect(changeOf(draft, settings)).toEqual({
    support_address: null,
    legal: { terms_url: null, privacy_url: null },
    contact: [],
  });
});

test('a logo: as it is, another, none', () => {
  const logo = { content_type: 'image/png', data: 'AAAA' } as const;
  expect(changeOf({ ...draftOf(settings), logo }, settings)).toEqual({ logo });
  expect(changeOf({ ...draftOf(settings), logo: null }, settings)).toEqual({ logo: null });
});
