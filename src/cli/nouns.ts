import type { Command } from 'commander';
import type { Facts, Query } from './client.ts';
import type { CliContext, Options } from './context.ts';
import type { Column } from './output.ts';
import { examples, flatten } from './words.ts';

type Verb = 'add' | 'set';

/** One kind of thing of the catalogue, and how commands speak of it. */
export interface Noun {
  readonly name: string;
  /** "a group". */
  readonly one: string;
  /** What names one: `['group']`, `['vendor', 'model']`. */
  readonly reference: readonly string[];
  /** Arguments of `add` and `set` after the reference. */
  readonly further?: readonly string[];
  path(reference: readonly string[]): string;
  readonly list: {
    /** Arguments that the list needs. */
    readonly reference?: readonly string[];
    path(reference: readonly string[]): string;
    /** Flags that narrow it; each is sent as the query member of the same name. */
    readonly filters?: readonly (readonly [flag: string, help: string])[];
    readonly columns: readonly Column[];
    row(item: Facts): string[];
  };
  options(command: Command, verb: Verb): Command;
  body(options: Options, further: readonly string[], context: CliContext): Promise<Facts>;
  readonly shows: boolean;
  readonly examples: Readonly<Partial<Record<'list' | 'add' | 'set' | 'remove', string>>>;
}

/** Adds list, show, add, set and remove of a noun. */
export function addNoun(program: Command, context: CliContext, noun: Noun): Command {
  const command = program.command(noun.name).summary(`manage ${noun.name}`).description(`Manage ${noun.name}.`);
  addList(command, context, noun);
  if (noun.shows) addShow(command, context, noun);
  addWrite(command, context, noun, 'add');
  addWrite(command, context, noun, 'set');
  addRemove(command, context, noun);
  return command;
}

export function addList(parent: Command, context: CliContext, { name, list, examples: lines }: Noun): void {
  const command = parent.command('list').summary(`list the ${name}`);
  for (const argument of list.reference ?? []) command.argument(`<${argument}>`);
  for (const [flag, help] of list.filters ?? []) command.option(`--${flag} <${flag}>`, help);
  command.addHelpText('after', examples(lines.list ?? `lodge ${name} list`)).action(async (...given: unknown[]) => {
    const { reference, options, self } = parts(given);
    const client = await context.client();
    const items = await client.list(list.path(reference), options as Query & Options);
    const output = context.output(self);
    if (output.json) output.value(items);
    else output.table(list.columns, items.map(list.row));
  });
}

export function addShow(parent: Command, context: CliContext, noun: Noun): void {
  const command = parent.command('show').summary(`show ${noun.one}`);
  for (const argument of noun.reference) command.argument(`<${argument}>`);
  command.action(async (...given: unknown[]) => {
    const { reference, self } = parts(given);
    const client = await context.client();
    const facts = await client.facts('GET', noun.path(reference));
    const output = context.output(self);
    if (output.json) output.value(facts);
    else output.facts(flatten(facts));
  });
}

function addWrite(parent: Command, context: CliContext, noun: Noun, verb: Verb): void {
  const summary = verb === 'add' ? `add ${noun.one}` : `change ${noun.one}; what is not named stays`;
  const command = parent.command(verb).summary(summary);
  for (const argument of [...noun.reference, ...(noun.further ?? [])]) command.argument(`<${argument}>`);
  const example = noun.examples[verb];
  noun
    .options(command, verb)
    .addHelpText('after', example === undefined ? '' : examples(example))
    .action(async (...given: unknown[]) => {
      const { reference: all, options, self } = parts(given);
      const reference = all.slice(0, noun.reference.length);
      const body = await noun.body(options, all.slice(noun.reference.length), context);
      const client = await context.client();
      const query = { expect: verb === 'add' ? 'new' : 'existing' };
      const facts = await client.facts('PUT', noun.path(reference), { query, body });
      const output = context.output(self);
      if (output.json) output.value(facts);
      else
        output.line(`${noun.one.replace(/^an? /, '')} ${reference.join(' ')} ${verb === 'add' ? 'added' : 'changed'}.`);
    });
}

export function addRemove(parent: Command, context: CliContext, noun: Noun): void {
  const command = parent.command('remove').summary(`remove ${noun.one}`);
  for (const argument of noun.reference) command.argument(`<${argument}>`);
  const example = noun.examples.remove;
  command.addHelpText('after', example === undefined ? '' : examples(example)).action(async (...given: unknown[]) => {
    const { reference, self } = parts(given);
    const client = await context.client();
    await client.call('DELETE', noun.path(reference));
    const output = context.output(self);
    if (output.json) output.value({ removed: true });
    else output.line(`${noun.one.replace(/^an? /, '')} ${reference.join(' ')} removed.`);
  });
}

/** Commander calls an action with the arguments one by one, then the options, then the command. */
export function parts(given: readonly unknown[]): { reference: string[]; options: Options; self: Command } {
  return {
    reference: given.slice(0, -2) as string[],
    options: given.at(-2) as Options,
    self: given.at(-1) as Command,
  };
}
