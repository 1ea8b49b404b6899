import { expect, test } from 'vitest';
import { passwordProblem } from './password-rules.ts';

const owner = { email: 'ada.lovelace@engines.example', name: 'Ada Lovelace', siteName: 'Analytical' };

test.each([
  ['short', 'at least 12'],
  ['elevenchars', 'at least 12'],
  [`${'long '.repeat(26)}`, 'at most 128'],
  ['password1234', 'many people'],
  ['Password2024!', 'many people'],
  ['P@ssw0rdP@ssw0rd', 'many people'],
  ['qwertyuiop12', 'many people'],
  ['QwertyQwerty1', 'many people'],
  ['iloveyou1234', 'many people'],
  ['123456789012', 'many people'],
  ['abcdefghijklm', 'many people'],
  ['zyxwvutsrqpon', 'many people'],
  ['aaaaaaaaaaaa', 'many people'],
  ['abababababab', 'many people'],
  ['adminadmin123', 'many people'],
  ['changeme12345', 'many people'],
  ['letmeinplease', 'many people'],
  ['ada.lovelace@engines.example', 'made of'],
  ['AdaLovelace1815', 'made of'],
  ['analytical2026', 'made of'],
])('%s is refused', (password, words) => {
  expect(passwordProblem(password, owner)).toContain(words);
});

test.each([
  'correct horse battery staple',
  'kV9#tq2!mZw7',
  'violet-anchor-57-mule',
  'mein blauer fahrradkorb',
  '我家門前有小河後面有山坡',
  'lovelace plays the bassoon daily',
  '4815 lamps over Trondheim',
])('%s is taken', (password) => {
  expect(passwordProblem(password, owner)).toBeNull();
});
