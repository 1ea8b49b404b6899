import { type Command, InvalidArgumentError } from 'commander';
import { adminPath, type Facts } from './client.ts';
import { type CliContext, collect, type Options, readSecret, textOption, usageError, wholeNumber } from './context.ts';
import { addNoun, type Noun, parts } from './nouns.ts';
import { addPrices } from './prices.ts';
import { examples, memberText } from './words.ts';

const left = (title: string, flexible = false) => ({ title, flexible });
const right = (title: string) => ({ title, align: 'right' as const });

/** Options → members of a body; absent ones stay absent. */
function members(options: Options, names: Readonly<Record<string, string>>): Facts {
  const entries = Object.entries(names).filter(([option]) => options[option] !== undefined);
  return Object.fromEntries(entries.map(([option, member]) => [member, options[option]]));
}

function yesNo(text: string): boolean {
  if (text === 'yes' || text === 'no') return text === 'yes';
  throw new InvalidArgumentError('It is yes or no.');
}

const vendors: Noun = {
  name: 'vendors',
  one: 'a vendor',
  reference: ['vendor'],
  path: ([vendor = '']) => adminPath('vendors', vendor),
  list: {
    path: () => adminPath('vendors'),
    columns: [left('VENDOR'), left('NAME', true), left('FAMILY')],
    row: (item) => [memberText(item, 'id'), memberText(item, 'display_name'), memberText(item, 'family')],
  },
  options(command, verb) {
    command.option('--display-name <name>');
    return verb === 'add' ? command.requiredOption('--family <family>', 'openai, anthropic or gemini') : command;
  },
  body: async (options) => members(options, { displayName: 'display_name', family: 'family' }),
  shows: false,
  examples: { add: 'lodge vendors add deepseek --family openai --display-name DeepSeek' },
};

const groups: Noun = {
  name: 'groups',
  one: 'a group',
  reference: ['group'],
  path: ([group = '']) => adminPath('groups', group),
  list: {
    path: () => adminPath('groups'),
    columns: [left('GROUP'), left('NAME', true), left('VENDOR'), left('KIND'), right('MULTIPLIER'), left('ENABLED')],
    row: (item) => [
      memberText(item, 'id'),
      memberText(item, 'display_name'),
      memberText(item, 'vendor'),
      memberText(item, 'kind'),
      memberText(item, 'multiplier'),
      item['enabled'] === true ? 'yes' : 'no',
    ],
  },
  options(command, verb) {
    if (verb === 'add') command.requiredOption('--vendor <vendor>', 'whose models it sells; cannot be changed');
    return command
      .option('--display-name <name>')
      .option('--kind <kind>', 'wallet or subscription')
      .option('--multiplier <factor>', 'what customers pay of the list price: 0.9')
      .option('--pass-through <yes|no>', 'whether paths unknown to Lodge are relayed too', yesNo)
      .option('--enabled <yes|no>', 'whether its keys are served', yesNo);
  },
  body: async (options) =>
    members(options, {
      vendor: 'vendor',
      displayName: 'display_name',
      kind: 'kind',
      multiplier: 'multiplier',
      passThrough: 'pass_through',
      enabled: 'enabled',
    }),
  shows: true,
  examples: {
    add: 'lodge groups add openai-team --vendor openai --multiplier 0.9',
    set: 'lodge groups set openai-team --enabled no',
    remove: 'lodge groups remove openai-team',
  },
};

const channels: Noun = {
  name: 'channels',
  one: 'a channel',
  reference: ['channel'],
  path: ([channel = '']) => adminPath('channels', channel),
  list: {
    path: () => adminPath('channels'),
    filters: [['group', 'only of this group']],
    columns: [
      left('CHANNEL'),
      left('GROUP', true),
      left('NAME', true),
      left('BASE URL', true),
      right('WEIGHT'),
      left('CREDENTIAL'),
      left('ENABLED'),
    ],
    row: (item) => [
      memberText(item, 'id'),
      memberText(item, 'group'),
      memberText(item, 'name'),
      memberText(item, 'base_url'),
      memberText(item, 'weight'),
      credentialText(item['credential'] as Facts),
      item['enabled'] === true ? 'yes' : 'no',
    ],
  },
  options(command, verb) {
    const addressHelp = "what the vendor's own SDK takes as base URL";
    if (verb === 'add') {
      command.requiredOption('--group <group>').requiredOption('--base-url <url>', addressHelp);
    } else {
      command.option('--base-url <url>', addressHelp);
    }
    return command
      .option('--name <name>')
      .option('--credential-env <variable>', 'environment variable that holds the credential')
      .option('--credential-stdin', 'read the credential from standard input')
      .option('--no-credential', 'send none')
      .option('--weight <share>', 'share of the traffic, 1 to 10000', wholeNumber('--weight', 1, 10_000))
      .option('--region <region>')
      .option('--wire <family>', 'openai, anthropic or gemini')
      .option('--enabled <yes|no>', 'whether it is used', yesNo);
  },
  async body(options, _further, context) {
    const names = {
      group: 'group',
      baseUrl: 'base_url',
      name: 'name',
      weight: 'weight',
      region: 'region',
      wire: 'wire',
      enabled: 'enabled',
    };
    return { ...members(options, names), ...(await credentialOf(options, context)) };
  },
  shows: true,
  examples: {
    list: 'lodge channels list --group openai-standard',
    add: 'lodge channels add openai-direct --group openai-standard --base-url https://api.openai.com/v1 --credential-env OPENAI_KEY',
    set: 'pass show openai | lodge channels set openai-direct --credential-stdin',
    remove: 'lodge channels remove openai-direct',
  },
};

const models: Noun = {
  name: 'models',
  one: 'a model',
  reference: ['vendor', 'model'],
  path: ([vendor = '', model = '']) => adminPath('models', vendor, model),
  list: {
    path: () => adminPath('models'),
    filters: [['vendor', 'only of this vendor']],
    columns: [
      left('VENDOR'),
      left('MODEL', true),
      left('NAME', true),
      left('MODE'),
      right('MAX INPUT'),
      right('MAX OUTPUT'),
    ],
    row: (item) => [
      memberText(item, 'vendor'),
      memberText(item, 'id'),
      memberText(item, 'display_name'),
      memberText(item, 'mode'),
      memberText(item, 'max_input_tokens', '?'),
      memberText(item, 'max_output_tokens', '?'),
    ],
  },
  options: (command) =>
    command
      .option('--display-name <name>')
      .option('--mode <mode>', 'chat, completion, embedding, image, audio or moderation')
      .option('--released <time>', 'ISO time')
      .option('--max-input <tokens>', 'largest input', wholeNumber('--max-input', 1, 2_000_000_000))
      .option('--max-output <tokens>', 'largest output', wholeNumber('--max-output', 1, 2_000_000_000))
      .option('--inputs <kinds>', 'text, image, audio, video, file', collect)
      .option('--outputs <kinds>', 'text, image, audio, embedding', collect),
  body: async (options) =>
    members(options, {
      displayName: 'display_name',
      mode: 'mode',
      released: 'released_at',
      maxInput: 'max_input_tokens',
      maxOutput: 'max_output_tokens',
      inputs: 'inputs',
      outputs: 'outputs',
    }),
  shows: true,
  examples: {
    list: 'lodge models list --vendor openai',
    add: 'lodge models add openai gpt-5.5 --max-input 1050000 --max-output 128000 --inputs text,image',
    remove: 'lodge models remove openai gpt-5.2',
  },
};

const aliases: Noun = {
  name: 'aliases',
  one: 'an alias',
  reference: ['group', 'alias'],
  further: ['model'],
  path: ([group = '', alias = '']) => adminPath('groups', group, 'aliases', alias),
  list: {
    reference: ['group'],
    path: ([group = '']) => adminPath('groups', group, 'aliases'),
    columns: [left('ALIAS', true), left('MODEL', true)],
    row: (item) => [memberText(item, 'alias'), memberText(item, 'model')],
  },
  options: (command) => command,
  body: async (_options, [model = '']) => ({ model }),
  shows: false,
  examples: {
    list: 'lodge aliases list anthropic-standard',
    add: 'lodge aliases add anthropic-standard claude-latest claude-opus-4-8',
    remove: 'lodge aliases remove anthropic-standard claude-latest',
  },
};

/** vendors, groups, channels, models, aliases, prices. */
export function addCatalogue(program: Command, context: CliContext): void {
  addNoun(program, context, vendors);
  addGroupModels(addNoun(program, context, groups), context);
  addNoun(program, context, channels);
  addNoun(program, context, models);
  addNoun(program, context, aliases);
  addPrices(program, context);
}

function addGroupModels(parent: Command, context: CliContext): void {
  const verbs = [
    ['models', 'show the models of a group, or set them and their order', '[models...]'],
    ['add-model', 'add a model to the end of a group', '<model>'],
    ['remove-model', 'take a model off a group', '<model>'],
  ] as const;
  for (const [verb, summary, argument] of verbs) {
    parent
      .command(verb)
      .summary(summary)
      .argument('<group>')
      .argument(argument)
      .addHelpText('after', examples(`lodge groups ${verb} openai-standard gpt-5.5`))
      .action(async (...given: unknown[]) => {
        const { reference, self } = parts(given);
        const [group = '', names] = reference as unknown as [string, string | string[]];
        const client = await context.client();
        const path = adminPath('groups', group, 'models');
        if (verb === 'remove-model') await client.call('DELETE', adminPath('groups', group, 'models', String(names)));
        if (verb === 'add-model') await client.call('PUT', adminPath('groups', group, 'models', String(names)));
        if (verb === 'models' && names.length > 0) await client.call('PUT', path, { body: { models: names } });
        const facts = await client.facts('GET', path);
        const output = context.output(self);
        if (output.json) output.value(facts);
        else for (const model of facts['models'] as string[]) output.line(model);
      });
  }
}

async function credentialOf(options: Options, context: CliContext): Promise<Facts> {
  const variable = textOption(options, 'credentialEnv');
  const fromStdin = options['credentialStdin'] === true;
  if (variable !== undefined && fromStdin) throw usageError('Give --credential-env or --credential-stdin, not both.');
  // Commander sets `credential` to false for --no-credential, and to true when it is absent.
  if (options['credential'] === false) return { credential: null };
  if (variable === undefined && !fromStdin) return {};
  return { credential: await readSecret(context, variable, 'credential') };
}

function credentialText(credential: Facts): string {
  const lastFour = memberText(credential, 'last_four');
  return lastFour === '' ? memberText(credential, 'state') : `…${lastFour}`;
}
