import * as l10n from '@vscode/l10n';

/** An option, as `parseArgs` takes it, with what the help says of it; `value` stands for its value there. */
export interface Option {
  readonly type: 'string' | 'boolean';
  readonly short?: string;
  readonly value?: string;
  /** A value that may be left out, with its sign. */
  readonly optional?: string;
  readonly help: string;
}

/** Every option of the program. */
export const OPTIONS = {
  'openai-api-key': {
    type: 'string',
    value: 'KEY',
    help: l10n.t('the key; other programs may see it: a variable is better'),
  },
  'openai-base-url': { type: 'string', value: 'URL', help: l10n.t('the base URL of the API') },
  model: { type: 'string', value: 'ID', help: l10n.t('the model') },
  'allow-workspace': {
    type: 'boolean',
    optional: '=NAME',
    help: l10n.t('lets a file of this folder send your key to its address, this once; NAME is its variable'),
  },
  help: { type: 'boolean', short: 'h', help: l10n.t('tells of the program, or of the command beside it') },
  version: { type: 'boolean', short: 'v', help: l10n.t('prints the version') },
  json: { type: 'boolean', help: l10n.t('prints JSON for scripts') },
  shell: {
    type: 'string',
    value: 'SHELL',
    help: l10n.t('sh (the default; bash and zsh too), fish, powershell or json'),
  },
  gateway: {
    type: 'boolean',
    help: l10n.t(
      'gives the command a token in the place of the key, which opens a gateway here for as long as it runs',
    ),
  },
  port: { type: 'string', value: 'N', help: l10n.t('the port to answer at; any free one where it is left out') },
  issuer: {
    type: 'string',
    value: 'URL',
    help: l10n.t("the authorization server, in place of Qwen's; needs --client-id"),
  },
  'client-id': { type: 'string', value: 'ID', help: l10n.t('the name by which that server knows this program') },
  api: {
    type: 'string',
    value: 'URL',
    help: l10n.t('the base URL of the API that its tokens are for; most servers name none'),
  },
  scopes: {
    type: 'string',
    value: 'LIST',
    help: l10n.t('what to ask that server for, such as "openid offline_access"'),
  },
  'no-browser': { type: 'boolean', help: l10n.t('opens no page; with it, nobody has to be at a terminal') },
  'check-regions': {
    type: 'boolean',
    help: l10n.t('sends a key that is refused to the other regions and plans of its provider, to say where it is good'),
  },
  yes: { type: 'boolean', short: 'y', help: l10n.t('destroys a sign-in that is stored without asking') },
} as const satisfies Record<string, Option>;

/** The name of an option, without its dashes. */
export type OptionName = keyof typeof OPTIONS;

/** A command, as the help tells of it. */
export interface CommandText {
  readonly options: readonly OptionName[];
  /** One line of the list of commands. */
  readonly summary: string;
  /** What is more to say of it. */
  readonly more?: string;
  /** What stands behind its options. */
  readonly operands?: string;
}

/** The commands, with the options that each has beside those of all. */
export const COMMANDS = {
  status: {
    options: ['json'],
    summary: l10n.t('what is in effect, and where it comes from (the default)'),
    more: l10n.t('It ends with 1 where no request could be made.'),
  },
  models: { options: [], summary: l10n.t('the models that are known, the one in use with a star') },
  env: {
    options: ['shell'],
    summary: l10n.t('OPENAI_API_KEY, OPENAI_BASE_URL and OPENAI_MODEL, for a shell to read'),
    more: l10n.t('They hold the key in plain text: eval "$(qwen-auth env)".'),
  },
  exec: {
    options: ['gateway'],
    summary: l10n.t('runs a command with the variables that env prints'),
    more: l10n.t(
      'It ends with the exit code of the command: 127 where there is none, 126 where it cannot be executed.',
    ),
    operands: '-- COMMAND…',
  },
  serve: {
    options: ['port', 'shell'],
    summary: l10n.t('answers every program of this computer in the place of the model, until it is stopped'),
    more: l10n.t(
      'It prints variables: a token that is good here alone, and the model qwen-auth, which is the one in use.',
    ),
  },
  token: {
    options: ['json'],
    summary: l10n.t('the key or a fresh access token, for programs that run a command to get one'),
    more: l10n.t('With --json it says when the token runs out.'),
  },
  limits: {
    options: ['json'],
    summary: l10n.t('what is left of the model in use'),
    more: l10n.t('It asks its provider with the key in use, or says what was counted here of a plan.'),
  },
  test: { options: ['check-regions'], summary: l10n.t('asks the model for a sentence') },
  explain: { options: [], summary: l10n.t('why which value is used, and where was looked') },
  login: {
    options: ['issuer', 'client-id', 'api', 'scopes', 'no-browser', 'yes'],
    summary: l10n.t('signs in with a code that you approve in a browser'),
    more: l10n.t("Qwen Code shares a sign-in at Qwen's own server."),
  },
  logout: { options: ['yes'], summary: l10n.t('forgets the sign-in, and what was allowed to workspaces') },
} as const satisfies Record<string, CommandText>;

/** The name of a command. */
export type CommandName = keyof typeof COMMANDS;

/** The options that are of no use without a certain command. */
const OF_COMMANDS: ReadonlySet<string> = new Set(Object.values(COMMANDS).flatMap(({ options }) => options));

/** The options that go with every command. */
export const COMMON_OPTIONS: readonly OptionName[] = optionNames().filter((name) => !OF_COMMANDS.has(name));

/** The options of a command, its own first. */
export function optionsOf(command: CommandName): readonly OptionName[] {
  return [...COMMANDS[command].options, ...COMMON_OPTIONS];
}

/** Whether there is a command of that name. */
export function isCommand(name: string): name is CommandName {
  return Object.hasOwn(COMMANDS, name);
}

/** The names of all commands, in the order in which they are listed. */
export function commandNames(): readonly CommandName[] {
  return Object.keys(COMMANDS).filter(isCommand);
}

function optionNames(): readonly OptionName[] {
  return Object.keys(OPTIONS).filter((name): name is OptionName => Object.hasOwn(OPTIONS, name));
}
