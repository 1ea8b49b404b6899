import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { Output, printable, textWidth } from './output.ts';

function terminal(extra: { isTTY?: boolean; columns?: number }, environment: NodeJS.ProcessEnv = {}) {
  const stdout = Object.assign(new PassThrough(), extra);
  const stderr = Object.assign(new PassThrough(), extra);
  const text = (stream: PassThrough) => String(stream.read() ?? '');
  return { stdout, stderr, environment, shown: () => text(stdout), noted: () => text(stderr) };
}

const columns = [{ title: 'ID' }, { title: 'NAME', flexible: true }, { title: 'USD', align: 'right' as const }];
const rows = [
  ['one', 'a name that is much longer than the terminal has room for', '1.5'],
  ['two', '简体中文', '12'],
];

test('a table is aligned, wide characters counted as two', () => {
  const pipe = terminal({});
  new Output(pipe, false).table(columns, [
    ['1', '简体', '1.5'],
    ['22', 'abcdef', '12'],
  ]);
  expect(pipe.shown()).toBe('ID  NAME    USD\n1   简体    1.5\n22  abcdef   12\n');
  expect([textWidth('简体'), textWidth('e\u0301'), textWidth('🙂')]).toEqual([4, 1, 2]);
});

test('on a terminal a flexible column is cut to its width; in a pipe nothing is', () => {
  const narrow = terminal({ isTTY: true, columns: 30 }, { NO_COLOR: '1' });
  new Output(narrow, false).table(columns, rows);
  const lines = narrow.shown().trimEnd().split('\n');
  expect(lines.every((line) => textWidth(line) <= 30)).toBe(true);
  expect(lines[1]).toContain('…');
  const pipe = terminal({});
  new Output(pipe, false).table(columns, rows);
  expect(pipe.shown()).toContain('room for');
});

test('colours only on a terminal, without NO_COLOR and without --json', () => {
  expect(new Output(terminal({ isTTY: true }), false).style('red', 'x')).toBe('\u001b[31mx\u001b[39m');
  expect(new Output(terminal({ isTTY: true }, { NO_COLOR: '1' }), false).style('red', 'x')).toBe('x');
  expect(new Output(terminal({ isTTY: true }), true).style('red', 'x')).toBe('x');
  expect(new Output(terminal({}), false).style('red', 'x')).toBe('x');
});

test('a name cannot steer the terminal', () => {
  expect(printable('a\u001b[2Jb\u202e')).toBe('a\ufffd[2Jb\ufffd');
});

test('progress is shown on a terminal only', () => {
  const quiet = terminal({});
  new Output(quiet, false).progress('backup').update(1, 2);
  expect(quiet.noted()).toBe('');
  const loud = terminal({ isTTY: true });
  const bar = new Output(loud, false).progress('backup');
  bar.update(1, 2);
  bar.end();
  expect(loud.noted()).toContain('50 %');
});
