import { parseArgs } from 'node:util';
import { type Argument, readCommandLine } from '../core/config/commandLine';
import { isVariableName } from '../core/config/keyShape';
import { ConfigurationError } from '../core/base/errors';
import { isShell, type Shell, SHELLS } from './shells';

/** What was asked for on the command line. */
export interface Request {
  readonly command: CommandName | 'help' | 'version';
  /** The arguments that say how to reach a model. */
  readonly given: readonly Argument[];
  /** Whether a workspace may send keys to the address that it names: the usual variables' where none is named, or just those. */
  readonly allowWorkspace: readonly string[] | undefined;
  readonly json: boolean;
  readonly shell: Shell | undefined;
  readonly issuer: string | undefined;
  readonly clientId: string | undefined;
  readonly browser: boolean;
  /** Whether a key that is refused may be sent to the other regions of its vendor. */
  readonly checkRegions: boolean;
  /** Whether a stored sign-in may be destroyed without a question. */
  readonly yes: boolean;
  /** The program to run, and its arguments. */
  readonly program: readonly string[];
}

/** The command line cannot be understood; the message says why. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

const OPTIONS = {
  'openai-api-key': { type: 'string' },
  'openai-base-url': { type: 'string' },
  model: { type: 'string' },
  'allow-workspace': { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
  json: { type: 'boolean' },
  shell: { type: 'string' },
  issuer: { type: 'string' },
  'client-id': { type: 'string' },
  'no-browser': { type: 'boolean' },
  'check-regions': { type: 'boolean' },
  yes: { type: 'boolean', short: 'y' },
} as const;

/** The commands, and the options that each has beside those of all. */
const COMMANDS = {
  status: ['json'],
  models: [],
  env: ['shell'],
  exec: [],
  test: ['check-regions'],
  explain: [],
  login: ['issuer', 'client-id', 'no-browser', 'yes'],
  logout: ['yes'],
} as const satisfies Record<string, readonly (keyof typeof OPTIONS)[]>;

/** The name of a command. */
export type CommandName = keyof typeof COMMANDS;

const OF_COMMANDS: ReadonlySet<string> = new Set(Object.values(COMMANDS).flat());

/** Reads a command line; without a command it is `status`. Throws `UsageError`, whose message never repeats a value. */
export function readRequest(argv: readonly string[]): Request {
  const end = argv.includes('--') ? argv.indexOf('--') : argv.length;
  const { args, named } = takeAllowed(argv.slice(0, end));
  const { values, positionals } = parse(args);
  const program = argv.slice(end + 1);
  const [name = 'status', ...rest] = positionals;
  const command = values.version ? 'version' : values.help || name === 'help' ? 'help' : commandNamed(name);
  if (command !== 'help' && command !== 'version') {
    checkOptions(command, Object.keys(values));
    if (rest.length > 0)
      throw new UsageError(`${command} takes no more words${command === 'exec' ? ' before --' : ''}.`);
    if (command === 'exec' && program.length === 0)
      throw new UsageError('Name the command to run: qwen-auth exec -- <command…>.');
    if (command !== 'exec' && program.length > 0) throw new UsageError('Only exec runs a command.');
  }
  const { shell } = values;
  if (shell !== undefined && !isShell(shell)) throw new UsageError(`--shell must be one of ${SHELLS.join(', ')}.`);
  if (values.issuer !== undefined && values['client-id'] === undefined) {
    throw new UsageError('--issuer needs --client-id: the name by which its server knows this program.');
  }
  return {
    command,
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
    browser: !values['no-browser'],
    checkRegions: values['check-regions'] ?? false,
    yes: values.yes ?? false,
    program,
  };
}

/** `--allow-workspace` may name variables, and be given more than once, which `parseArgs` knows of no option. */
function takeAllowed(argv: readonly string[]): { readonly args: readonly string[]; readonly named: readonly string[] } {
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
    throw new UsageError(`${sentence.replace(/\.$/, '')}.`);
  }
}

function readGiven(given: Parameters<typeof readCommandLine>[0]): readonly Argument[] {
  try {
    return readCommandLine(given);
  } catch (error) {
    throw error instanceof ConfigurationError ? new UsageError(error.message) : error;
  }
}

function commandNamed(name: string): CommandName {
  if (isCommand(name)) return name;
  throw new UsageError(`There is no such command. The commands are ${Object.keys(COMMANDS).join(', ')}.`);
}

function isCommand(name: string): name is CommandName {
  return Object.hasOwn(COMMANDS, name);
}

function checkOptions(command: CommandName, given: readonly string[]): void {
  const own: readonly string[] = COMMANDS[command];
  const foreign = given.find((option) => OF_COMMANDS.has(option) && !own.includes(option));
  if (foreign) throw new UsageError(`${command} has no option --${foreign}.`);
}
