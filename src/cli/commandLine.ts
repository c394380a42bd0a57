import * as l10n from '@vscode/l10n';
import { joinSentences } from '../language/joinSentences';
import { listText, orText } from '../language/listText';
import { parseArgs } from 'node:util';
import type { Argument } from '../core/config/arguments';
import { readArguments } from '../core/config/readArguments';
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
  if (shell !== undefined && !isShell(shell))
    throw new UsageError(l10n.t('--shell must be one of {shells}.', { shells: listText(SHELLS) }));
  if (values.issuer !== undefined && values['client-id'] === undefined) {
    throw new UsageError(l10n.t('--issuer needs --client-id: the name by which its server knows this program.'));
  }
  return {
    command,
    topic: command === 'help' && topic !== undefined && topic !== 'help' ? commandNamed(topic) : undefined,
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
    throw new UsageError(l10n.t('--allow-workspace= takes names of variables, and never a key.'));
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
    throw new UsageError(joinSentences(parsingText(sentence), didYouMean(unknown, optionsOf(command), '--')));
  }
}

/** What Node says of a command line, in the language that is set; a sentence that is not known as it is. */
function parsingText(sentence: string): string {
  const option = /^(?:Unknown option|Option) '(.+?)'/s.exec(sentence)?.[1];
  if (option === undefined) return `${sentence.replace(/\.$/, '')}.`;
  if (sentence.endsWith('argument missing')) return l10n.t("Option '{option}' argument missing.", { option });
  if (sentence.endsWith('is ambiguous')) return l10n.t("Option '{option}' argument is ambiguous.", { option });
  return sentence.startsWith('Option')
    ? l10n.t("Option '{option}' does not take an argument.", { option })
    : l10n.t("Unknown option '{option}'.", { option });
}

function readPort(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d{1,5}$/.test(text) && Number(text) <= HIGHEST_PORT) return Number(text);
  throw new UsageError(l10n.t('--port must be a number up to {highest}.', { highest: HIGHEST_PORT }));
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
  const hint =
    didYouMean(name, [...commandNames(), 'help']) ??
    l10n.t('The commands are {names}.', { names: listText(commandNames()) });
  throw new UsageError(joinSentences(l10n.t('There is no such command.'), hint));
}

function didYouMean(word: string | undefined, known: readonly string[], dashes = ''): string | undefined {
  const meant = word === undefined ? [] : meantBy(word, known);
  const names = meant.map((name) => dashes + name);
  return names.length === 0 ? undefined : l10n.t('Did you mean {names}?', { names: orText(names) });
}

function checkOptions(command: CommandName, given: readonly string[]): void {
  const own: readonly string[] = optionsOf(command);
  const foreign = given.find((option) => !own.includes(option));
  if (foreign) throw new UsageError(l10n.t('{command} has no option --{option}.', { command, option: foreign }));
}

function checkWords(command: CommandName, words: readonly string[], program: readonly string[]): void {
  if (words.length > 0)
    throw new UsageError(
      command === 'exec'
        ? l10n.t('exec takes no more words before --.')
        : l10n.t('{command} takes no more words.', { command }),
    );
  if (command === 'exec' && program.length === 0)
    throw new UsageError(l10n.t('Name the command to run: qwen-auth exec -- <command…>.'));
  if (command !== 'exec' && program.length > 0) throw new UsageError(l10n.t('Only exec runs a command.'));
}
