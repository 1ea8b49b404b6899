import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { builtInRoles, organizationPermissions, staffRoles } from '../base/permissions.ts';

const read = (file: string) => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');

/** Cells of the table rows that begin with code. */
function rowsOf(file: string): string[][] {
  const lines = read(file)
    .split('\n')
    .filter((line) => line.startsWith('| `'));
  return lines.map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

test('the table of roles says what the roles allow', () => {
  const expected = Object.entries(organizationPermissions).map(([permission, meaning]) => [
    `\`${permission}\``,
    meaning,
    ...Object.values(builtInRoles).map((held: readonly string[]) =>
      held.includes(permission) ? 'yes' : held.includes(`${permission}:own`) ? 'own' : '',
    ),
  ]);
  expect(rowsOf('docs/organizations.md')).toEqual(expected);
  const head = read('docs/organizations.md')
    .split('\n')
    .find((line) => /^\| permission/.test(line));
  expect(
    head
      ?.split('|')
      .slice(3, -1)
      .map((cell) => cell.trim()),
  ).toEqual(Object.keys(builtInRoles));
});

test('every role of staff is described', () => {
  expect(rowsOf('docs/operate/sign-in.md').map(([role]) => role)).toEqual(
    Object.keys(staffRoles).map((role) => `\`${role}\``),
  );
});
