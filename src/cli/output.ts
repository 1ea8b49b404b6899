import type { Writable } from 'node:stream';

export interface Terminal {
  readonly stdout: Writable & { readonly isTTY?: boolean; readonly columns?: number };
  readonly stderr: Writable & { readonly isTTY?: boolean; readonly columns?: number };
  readonly environment: NodeJS.ProcessEnv;
}

export type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow';

const styles: Readonly<Record<Style, readonly [number, number]>> = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
};

export interface Column {
  readonly title: string;
  readonly align?: 'left' | 'right';
  /** May be cut when the terminal is too narrow. Ids and figures may not. */
  readonly flexible?: boolean;
}

const gap = 2;
const flexibleMin = 8;

/** Where a command writes: data on standard output, everything else on standard error. */
export class Output {
  readonly json: boolean;
  readonly #terminal: Terminal;
  readonly #color: boolean;

  constructor(terminal: Terminal, json: boolean) {
    this.#terminal = terminal;
    this.json = json;
    // https://no-color.org: set and not empty.
    this.#color = terminal.stdout.isTTY === true && !terminal.environment['NO_COLOR'] && !json;
  }

  style(style: Style, text: string): string {
    if (!this.#color) return text;
    const [on, off] = styles[style];
    return `\u001b[${on}m${text}\u001b[${off}m`;
  }

  line(text = ''): void {
    this.#terminal.stdout.write(`${text}\n`);
  }

  /** For people, beside the data: hints, counts. */
  note(text: string): void {
    this.#terminal.stderr.write(`${text}\n`);
  }

  value(value: unknown): void {
    this.line(JSON.stringify(value, null, 2));
  }

  /** Aligned to the terminal's width; uncut when it goes to a file or pipe. */
  table(columns: readonly Column[], rows: readonly (readonly string[])[]): void {
    const cells = rows.map((row) => row.map(printable));
    const widths = columns.map((column, i) =>
      cells.reduce((most, row) => Math.max(most, textWidth(row[i] ?? '')), textWidth(column.title)),
    );
    if (this.#terminal.stdout.isTTY) shrinkToFit(columns, widths, this.#terminal.stdout.columns ?? 80);
    const row = (texts: readonly string[]) =>
      columns
        .map((column, i) => pad(cut(texts[i] ?? '', widths[i] ?? 0), widths[i] ?? 0, column.align ?? 'left'))
        .join(' '.repeat(gap))
        .trimEnd();
    this.line(this.style('dim', row(columns.map((column) => column.title))));
    for (const each of cells) this.line(row(each));
  }

  /** Names and values, one per line. */
  facts(pairs: readonly (readonly [string, string])[]): void {
    const width = pairs.reduce((most, [name]) => Math.max(most, textWidth(name)), 0);
    for (const [name, value] of pairs) {
      this.line(`  ${this.style('dim', pad(name, width, 'left'))}  ${printable(value)}`);
    }
  }

  /** A bar on standard error, on a terminal only. `update` may be called as often as one likes. */
  progress(label: string): { update(done: number, total: number): void; end(): void } {
    const { stderr } = this.#terminal;
    const shown = stderr.isTTY === true && !this.json;
    let last = -1;
    return {
      update(done, total) {
        const percent = total > 0 ? Math.min(100, Math.floor((done / total) * 100)) : 0;
        if (!shown || percent === last) return;
        last = percent;
        const filled = Math.round(percent / 4);
        stderr.write(`\r${label} ${'█'.repeat(filled)}${'░'.repeat(25 - filled)} ${percent} %`);
      },
      end() {
        if (shown && last >= 0) stderr.write('\r\u001b[2K');
      },
    };
  }
}

/** Without control characters: what a client sent as its name must not steer the operator's terminal. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]/gu, '\ufffd');
}

/** Columns that a text takes: wide East Asian characters and emoji take two, combining marks none. */
export function textWidth(text: string): number {
  let width = 0;
  for (const character of text) {
    if (/\p{M}/u.test(character)) continue;
    width +=
      /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u.test(
        character,
      )
        ? 2
        : 1;
  }
  return width;
}

function shrinkToFit(columns: readonly Column[], widths: number[], terminalColumns: number): void {
  let excess = widths.reduce((sum, width) => sum + width, 0) + gap * (columns.length - 1) - terminalColumns;
  while (excess > 0) {
    let widest = -1;
    columns.forEach((column, i) => {
      const width = widths[i] ?? 0;
      if (column.flexible && width > flexibleMin && width > (widths[widest] ?? 0)) widest = i;
    });
    if (widest < 0) return;
    widths[widest] = (widths[widest] ?? 0) - 1;
    excess--;
  }
}

function cut(text: string, width: number): string {
  if (textWidth(text) <= width) return text;
  let kept = '';
  for (const character of text) {
    if (textWidth(kept + character) > width - 1) break;
    kept += character;
  }
  return `${kept}…`;
}

function pad(text: string, width: number, align: 'left' | 'right'): string {
  const space = ' '.repeat(Math.max(0, width - textWidth(text)));
  return align === 'left' ? text + space : space + text;
}
