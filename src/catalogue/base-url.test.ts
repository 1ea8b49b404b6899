import { describe, expect, test } from 'vitest';
import { checkBaseUrl, splitBaseUrl } from './base-url.ts';

describe('checkBaseUrl', () => {
  test.each([
    ['https://api.openai.com/v1', 'https://api.openai.com/v1'],
    [' https://API.Anthropic.com/ ', 'https://api.anthropic.com'],
    ['https://example.com:8443/a/b/', 'https://example.com:8443/a/b'],
    ['http://8.8.8.8/v1', 'http://8.8.8.8/v1'],
    ['https://example.com:443', 'https://example.com'],
    ['sandbox:', 'sandbox:'],
  ])('%s', (text, written) => {
    expect(checkBaseUrl(text, false)).toBe(written);
  });

  test.each([
    ['ftp://example.com'],
    ['example.com/v1'],
    ['/v1'],
    [''],
    ['https://user:secret@example.com'],
    ['https://user@example.com'],
    ['https://example.com/v1?key=abc'],
    ['https://example.com/v1?'],
    ['https://example.com/v1#x'],
    ['https://example.com/a%2fb'],
    ['https://example.com//v1'],
    ['sandbox:x'],
    [`https://example.com/${'a'.repeat(2_048)}`],
  ])('invalid: %s', (text) => {
    expect(() => checkBaseUrl(text, true)).toThrow(expect.objectContaining({ code: 'channel_address_invalid' }));
  });

  test('does not repeat a credential', () => {
    expect(() => checkBaseUrl('https://user:hunter2@example.com', true)).toThrow(/^(?!.*hunter2)/);
  });

  test.each([
    ['http://127.0.0.1:8080'],
    ['http://127.1'],
    ['http://2130706433/'],
    ['http://0x7f000001/'],
    ['http://0177.0.0.1/'],
    ['http://[::1]:11434/v1'],
    ['http://[::ffff:169.254.169.254]/'],
    ['http://169.254.169.254/latest'],
    ['http://localhost:11434/v1'],
    ['http://LOCALHOST./v1'],
    ['http://ollama/v1'],
    ['http://models.localhost'],
    ['http://gpu.internal/v1'],
    ['http://printer.local'],
  ])('needs leave: %s', (text) => {
    expect(() => checkBaseUrl(text, false)).toThrow(expect.objectContaining({ code: 'channel_address_not_allowed' }));
    expect(checkBaseUrl(text, true)).toMatch(/^http/);
  });
});

test('splitBaseUrl', () => {
  expect(splitBaseUrl('https://api.openai.com/v1')).toEqual({ origin: 'https://api.openai.com', basePath: '/v1' });
  expect(splitBaseUrl('https://api.anthropic.com')).toEqual({ origin: 'https://api.anthropic.com', basePath: '' });
});
