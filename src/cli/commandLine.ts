import { parseArgs } from 'node:util';
import { type Argument, readArguments } from '../core/config/arguments';
import { isVariableName } from '../core/config/keyShape';
import { ConfigurationError } from '../core/base/errors';
import { type CommandName, commandNames, isCommand, OPTIONS, optionsOf } from './options';
import { isShell, type Shell, SHELLS } from './shells';
import { meantBy } from './suggestion';

/** What was asked for on the command line. */
export interface Request {
  readonly command: CommandName | 'help' | 'version';
  /** The command that help is wanted for; undefined for the whole program. */
  readonly topic: CommandName | undefined;
  /** The arguments that say how to reach a model. */
  readonly given: readonly Argument[];
  /**
   * Whether a workspace may send keys to the address that it names: the usual variables' where none is named, or just
   * those.
   */
  readonly allowWorkspace: readonly string[] | undefined;
  readonly json: boolean;
  readonly shell: Shell | undefined;
  readonly issuer: string | undefined;
  readonly clientId: string | undefined;
  /** The base URL of the API that the tokens are for. */
  readonly api: string | undefined;
  readonly scopes: readonly string[];
  readonly browser: boolean;
  /** Whether a key that is refused may be sent to the other regions of its vendor. */
  readonly checkRegions: boolean;
  /** Whether a stored sign-in may be destroyed without a question. */
  readonly yes: boolean;
  /** Whether the program to run gets a token for a gateway in the place of the key. */
  readonly gateway: boolean;
  /** The port to answer at; undefined for any that is free. */
  readonly port: number | undefined;
  /** The program to run, and its arguments. */
  readonly program: readonly string[];
}

const HIGHEST_PORT = 65_535;

/** The command line cannot be understood; the message says why. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Reads a command line; without a command it is `status`. Throws `UsageError`, whose message never repeats a value. */
export function readRequest(argv: readonly string[]): Request {
  const end = argv.includes('--') ? argv.indexOf('--') : argv.length;
  const { args, named } = readAllowed(argv.slice(0, end));
  const { values, positionals } = parse(args);
  const program = argv.slice(end + 1);
  const [name, topic] = positionals[0] === 'help' ? ['help', positionals[1]] : [positionals[0], positionals[0]];
  const command = values.version ? 'version' : values.help || name === 'help' ? 'help' : commandNamed(name ?? 'status');
  if (command !== 'help' && command !== 'version') {
    checkOptions(command, Object.keys(values));
    checkWords(command, positionals.slice(1), program);
  }
  const { shell } = values;
  if (shell !== undefined && !isShell(shell)) throw new UsageError(`--shell must be one of ${SHELLS.join(', ')}.`);
  if (values.issuer !== undefined && values['client-id'] === undefined) {
    throw new UsageError('--issuer needs --client-id: the name by which its server knows this program.');
  }
  return {
    command,
    topic: command === 'help' && topic !== undefined ? commandNamed(topic) : undefined,
    given: readGiven({
      '--openai-api-key': values['openai-api-key'],
      '--openai-base-url': values['openai-base-url'],
      '--model': values.model,
    }),
    allowWorkspace: values['allow-workspace'] ? named : undefined,
    json: values.json ?? false,
    shell,
    issuer: values.issuer,
    clientId: values['client-id'],
    api: values.api,
    scopes: (values.scopes ?? '').split(/[\s,]+/).filter(Boolean),
    browser: !values['no-browser'],
    checkRegions: values['check-regions'] ?? false,
    yes: values.yes ?? false,
    gateway: values.gateway ?? false,
    port: readPort(values.port),
    program,
  };
}

/** `--allow-workspace` may name variables, and be given more than once, which `parseArgs` knows of no option. */
function readAllowed(argv: readonly string[]): { readonly args: readonly string[]; readonly named: readonly string[] } {
  const named = argv.flatMap((argument) => /^--allow-workspace=(.*)$/s.exec(argument)?.[1]?.split(',') ?? []);
  if (!named.every(isVariableName))
    throw new UsageError('--allow-workspace= takes names of variables, and never a key.');
  return { args: argv.map((argument) => argument.replace(/^(--allow-workspace)=.*$/s, '$1')), named };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    // Its first sentence says what is wrong, the rest how to write what hardly anybody means.
    const [sentence = ''] = error instanceof Error ? error.message.split(/\.\s/) : [];
    const unknown = /^Unknown option '--([^'=]+)/.exec(sentence)?.[1];
    const command = args.find(isCommand) ?? 'status';
    throw new UsageError(`${sentence.replace(/\.$/, '')}.${didYouMean(unknown, optionsOf(command), '--')}`);
  }
}

function readPort(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d{1,5}$/.test(text) && Number(text) <= HIGHEST_PORT) return Number(text);
  throw new UsageError(`--port must be a number up to ${HIGHEST_PORT}.`);
}

function readGiven(given: Parameters<typeof readArguments>[0]): readonly Argument[] {
  try {
    return readArguments(given);
  } catch (error) {
    throw error instanceof ConfigurationError ? new UsageError(error.message) : error;
  }
}

function commandNamed(name: string): CommandName {
  if (isCommand(name)) return name;
  const hint = didYouMean(name, [...commandNames(), 'help']) || ` The commands are ${commandNames().join(', ')}.`;
  throw new UsageError(`There is no such command.${hint}`);
}

function didYouMean(word: string | undefined, known: readonly string[], dashes = ''): string {
  const meant = word === undefined ? [] : meantBy(word, known);
  return meant.length === 0 ? '' : ` Did you mean ${meant.map((name) => dashes + name).join(' or ')}?`;
}

function checkOptions(command: CommandName, given: readonly string[]): void {
  const own: readonly string[] = optionsOf(command);
  const foreign = given.find((option) => !own.includes(option));
  if (foreign) throw new UsageError(`${command} has no option --${foreign}.`);
}

function checkWords(command: CommandName, words: readonly string[], program: readonly string[]): void {
  if (words.length > 0)
    throw new UsageError(`${command} takes no more words${command === 'exec' ? ' before --' : ''}.`);
  if (command === 'exec' && program.length === 0)
    throw new UsageError('Name the command to run: qwen-auth exec -- <command…>.');
  if (command !== 'exec' && program.length > 0) throw new UsageError('Only exec runs a command.');
}
