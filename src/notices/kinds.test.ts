import { expect, test } from 'vitest';
import { notificationKinds } from './kinds.ts';
import { shownNotification } from './words.ts';

test.each(Object.entries(notificationKinds))('%s says the same in both languages', (_kind, entry) => {
  const { en, zh } = entry.words;
  const places = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort();
  expect(places(zh.title)).toEqual(places(en.title));
  expect(zh.text.map(places)).toEqual(en.text.map(places));
  expect(zh.title).toMatch(/\p{Script=Han}/u);
  expect(entry.link ?? '/console').toMatch(/^\/console(?:\/[a-z/-]+(?:\{\w+\})?)?$/);
});

test('what is not known is left out, times are in UTC', () => {
  const expiresAtMs = Date.UTC(2026, 10, 21, 12, 34);
  expect(shownNotification('key-expires-soon', { key: 'a', expiresAtMs }, 'en').text).toBe(
    'On 2026-11-21 12:34 UTC. Move its end, or create another one before that.',
  );
  expect(shownNotification('key-expires-soon', { key: 'a', expiresAtMs: 1e99 }, 'zh').text).toBe(
    '请在此之前延长有效期或创建新密钥。',
  );
  const near = { key: 'a', organization: 'Acme', percent: 80, span: '7d' };
  expect(shownNotification('key-limit-near', near, 'en').text).toBe(
    '80 % of what it may spend in 7 days is spent. It belongs to Acme.',
  );
  expect(shownNotification('key-limit-near', { ...near, span: 'year' }, 'zh').text).toBe('所属组织：Acme。');
  expect(shownNotification('new-device', { device: 'Firefox on Windows', ipAddress: null }, 'en')).toMatchObject({
    level: 'security',
    text: 'If this was not you, change your password and end all other sessions.',
  });
  expect(shownNotification('constructor', {}, 'en').title).toBe('Something has changed');
});
