import { createTranslator } from 'use-intl/core';
import { expect, test } from 'vitest';
import { en } from './en/index.ts';
import { zh } from './zh/index.ts';

type Tree = { readonly [name: string]: string | Tree };

/** Every message by its path: `ui.invalid.missing`. */
function messages(tree: Tree, path = ''): [string, string][] {
  return Object.entries(tree).flatMap(([name, value]) =>
    typeof value === 'string' ? [[`${path}${name}`, value] as [string, string]] : messages(value, `${path}${name}.`),
  );
}

/** What a message wants to be given: `{name}`, `<code>`. */
function wants(message: string): string[] {
  const values = [...message.matchAll(/\{\s*([a-zA-Z]\w*)\s*[,}]/g)].map((match) => `{${match[1]}}`);
  const tags = [...message.matchAll(/<([a-zA-Z]\w*)>/g)].map((match) => `<${match[1]}>`);
  return [...new Set([...values, ...tags])].sort();
}

const english = new Map(messages(en));
const chinese = new Map(messages(zh));

test('no message is empty', () => {
  for (const [path, text] of [...english, ...chinese]) expect(text.trim(), path).not.toBe('');
});

test.each([...english])('%s asks for the same in both languages', (path, text) => {
  expect(wants(chinese.get(path) ?? '')).toEqual(wants(text));
});

test.each([
  ['en', english],
  ['zh', chinese],
] as const)('every message in %s can be read', (locale, texts) => {
  for (const [path, text] of texts) {
    const failures: string[] = [];
    const values = Object.fromEntries(
      wants(text).map((want) => {
        const name = want.slice(1, -1);
        return [name, want.startsWith('<') ? (chunks: unknown) => chunks : 1];
      }),
    );
    const t = createTranslator({
      locale,
      messages: { message: text } as never,
      onError: (error) => failures.push(error.message),
    });
    (t as unknown as { rich(key: string, values: object): unknown }).rich('message', values);
    expect(failures, path).toEqual([]);
  }
});
