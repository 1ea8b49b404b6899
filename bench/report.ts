import { availableParallelism, cpus } from 'node:os';
import { notesOf, type Row, rowsOf } from './budgets.ts';
import type { Comparison } from './comparison.ts';
import { pinned } from './processes.ts';
import type { Spread } from './statistics.ts';
import { type SubjectName, subjectTitles } from './subjects/subject.ts';

/** Where and when something was measured: without it a figure says nothing. */
export interface Circumstances {
  readonly date: string;
  readonly machine: string;
  readonly pinned: boolean;
  /** Processes that wanted a core, over the minute before: above one, others were at work. */
  readonly loadBefore: number;
  readonly rounds: number;
}

export interface Report {
  readonly circumstances: Circumstances;
  readonly versions: Comparison['versions'];
  readonly rows: readonly Row[];
  readonly notes: ReturnType<typeof notesOf>;
  readonly passes: boolean;
}

export function reportOf(comparison: Comparison, loadBefore: number): Report {
  const rows = rowsOf(comparison);
  return {
    circumstances: {
      date: new Date().toISOString().slice(0, 10),
      machine: `${availableParallelism()} × ${cpus()[0]?.model.trim() ?? 'unknown processor'}, Node ${process.versions.node}`,
      pinned,
      loadBefore,
      rounds: Math.max(...comparison.samples.map(({ round }) => round)),
    },
    versions: comparison.versions,
    rows,
    notes: notesOf(comparison),
    passes: rows.every(({ passes, passesByNginx }) => passes && passesByNginx !== false),
  };
}

const shown: readonly SubjectName[] = ['lodge', 'nginx', 'relay', 'portkey'];

/** The report as Markdown, which reads well in a terminal too. */
export function markdownOf({ circumstances, versions, rows, notes }: Report): string {
  const { date, machine, rounds } = circumstances;
  const titles = shown.map((name) => `${subjectTitles[name]} ${versions[name] ?? ''}`.trim());
  const table = [
    ['work', 'budget', ...titles, '× relay', '× nginx (budget)', 'verdict'],
    ...rows.map((row) => [
      row.work,
      `≤ ${amount(row.most)} ${row.unit}`,
      ...shown.map((name) => spreadText(row.figures[name], row.unit)),
      row.ofRelay ? row.ofRelay.median.toFixed(1) : '–',
      row.ofNginx && row.mostOfNginx ? `${row.ofNginx.median.toFixed(1)} (≤ ${row.mostOfNginx.toFixed(1)})` : '–',
      verdict(row),
    ]),
  ];
  return [
    `Measured on ${date}, on ${machine}${circumstances.pinned ? ', what is measured on a core of its own' : ''}, load average ${circumstances.loadBefore.toFixed(1)} before; ${rounds === 1 ? 'one round' : `medians of ${rounds} rounds, in brackets the least and the most`}.`,
    '',
    ...tableLines(table),
    '',
    ...tableLines([
      ['besides', 'Lodge'],
      ...notes.map(({ what, unit, value }) => [what, `${amount(value)} ${unit}`.trim()]),
    ]),
  ].join('\n');
}

function verdict({ passes, passesByNginx }: Row): string {
  if (passesByNginx === null || passes === passesByNginx) return passes ? 'pass' : '**fail**';
  return passes ? '**fails** beside nginx' : '**fails**, passes beside nginx';
}

function spreadText(spread: Spread | undefined, unit: string): string {
  if (!spread) return '–';
  const { median, least, most } = spread;
  const range = least === most ? '' : ` (${amount(least)}–${amount(most)})`;
  return `${amount(median)} ${unit}${range}`;
}

/** Three digits that mean something. */
function amount(value: number): string {
  const size = Math.abs(value);
  if (size >= 100 || Number.isInteger(value)) return value.toFixed(0);
  return value.toFixed(size >= 10 ? 1 : 2);
}

function tableLines(table: readonly (readonly string[])[]): string[] {
  const widths = (table[0] ?? []).map((_, column) => Math.max(...table.map((line) => line[column]?.length ?? 0)));
  const lines = table.map((line) => `| ${line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`);
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  return [...lines.slice(0, 1), rule, ...lines.slice(1)];
}
