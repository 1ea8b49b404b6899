import { expect, test } from 'vitest';
import { asSentence, fieldWords } from './field-words.ts';

test.each([
  ['must have at least 12 characters', 'short'],
  ['must have at most 128 characters', 'long'],
  ['must not be made of your address, your name or the name of this site', 'passwordOwn'],
  ['is one that many people use, and is tried first; choose several unrelated words', 'passwordCommon'],
  ['is not your present password', 'passwordWrong'],
  ['must be a mail address such as name@example.com', 'email'],
])('%s', (message, key) => {
  expect(fieldWords(message)?.key).toBe(key);
});

test('numbers are kept', () => {
  expect(fieldWords('must have at most 100 characters')).toEqual({ key: 'long', count: '100' });
});

test('what has no words is a sentence at least', () => {
  expect(fieldWords('is there twice')).toBeNull();
  expect(asSentence('is there twice')).toBe('Is there twice.');
  expect(asSentence('Choose another one.')).toBe('Choose another one.');
  expect(asSentence('验证码错误')).toBe('验证码错误');
  expect(asSentence('')).toBe('');
});
