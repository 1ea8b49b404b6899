import { Command, CommanderError } from 'commander';
import { AppError } from '../base/errors.ts';
import { addCatalogue } from './catalogue.ts';
import { type CliContext, type CliHooks, createContext } from './context.ts';
import { addDemo } from './demo-desk.ts';
import { CliError, exitCodes } from './exit.ts';
import { addKeys } from './keys.ts';
import { addMail } from './mail.ts';
import { Output, type Terminal } from './output.ts';
import { addRequests } from './requests.ts';
import { addDoctor, addSiteCommands } from './site-commands.ts';
import { addTickets } from './tickets.ts';
import { examples } from './words.ts';

/**
 * Runs one command. `arguments_` are those after the program's name. Resolves to the exit code; throws only what is a
 * fault of ours.
 */
export async function runCli(
  arguments_: readonly string[],
  hooks: CliHooks,
  terminal: Terminal = { stdout: process.stdout, stderr: process.stderr, environment: process.env },
  stdin: CliContext['stdin'] = process.stdin,
): Promise<number> {
  let exitCode: number = exitCodes.ok;
  // `lodge keys list | head` closes the pipe when it has seen enough; that is no failure.
  terminal.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  const context = createContext(hooks, terminal, stdin, (code) => {
    exitCode = code;
  });
  try {
    await buildProgram(context).parseAsync([...arguments_], { from: 'user' });
    return exitCode;
  } catch (error) {
    return report(error, new Output(terminal, arguments_.includes('--json')));
  }
}

function buildProgram(context: CliContext): Command {
  const { stdout, stderr } = context.terminal;
  const program = new Command('lodge')
    .description('Runs a Lodge site and manages it.')
    .option('--json', 'print JSON')
    .version(context.hooks.version, '--version', 'print the version')
    .helpCommand(false)
    .showHelpAfterError('Add --help for what the command takes.')
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({ writeOut: (text) => stdout.write(text), writeErr: (text) => stderr.write(text) })
    .exitOverride();
  program.addHelpText(
    'after',
    `${examples(
      'lodge start',
      'lodge keys create --group openai-standard --name backend',
      'lodge requests show req_01KAJ6Q0G7W8X9Y2Z3A4B5C6D7E8',
      'lodge doctor --base-url http://127.0.0.1:8080/v1 --key-env KEY',
    )}
Commands that manage a site find the running one by LODGE_DATA_DIR (./data when unset).

Exit codes: 0 done, 1 a check failed or the site could not, 2 wrong usage, 3 not found,
4 no site runs or it cannot be reached, 5 refused.
`,
  );
  addSiteCommands(program, context);
  addKeys(program, context);
  addCatalogue(program, context);
  addRequests(program, context);
  addTickets(program, context);
  addMail(program, context);
  addDoctor(program, context);
  addDemo(program, context);
  return program;
}

function report(error: unknown, output: Output): number {
  // Commander has already printed what it has to say, help and version among it.
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
  const known = error instanceof AppError ? new CliError(exitCodes.failed, error.code, error.message) : error;
  if (!(known instanceof CliError)) throw error;
  if (output.json) {
    output.value({ error: { code: known.code, message: known.message, request_id: known.requestId } });
  } else {
    output.note(known.requestId === null ? known.message : `${known.message}\n(request id ${known.requestId})`);
  }
  return known.exitCode;
}
