import * as l10n from '@vscode/l10n';
import {
  type CommandName,
  commandNames,
  COMMANDS,
  type CommandText,
  COMMON_OPTIONS,
  type Option,
  type OptionName,
  OPTIONS,
} from './options';
import { table } from './table';

/** What `--help` prints, of the whole program or of one command. */
export function helpText(command: CommandName | undefined): string {
  return command === undefined ? programHelp() : commandHelp(command);
}

function programHelp(): string {
  return [
    `${l10n.t('Usage: qwen-auth [arguments] <command> [options]')}\n`,
    `${l10n.t('Commands')}\n${table(commandNames().map((name) => [`  ${name}`, COMMANDS[name].summary]))}`,
    `${l10n.t('Arguments, which beat every other source')}\n${optionTable(COMMON_OPTIONS)}`,
    l10n.t(
      'qwen-auth <command> --help tells the options of a command.\n' +
        'Exit codes: 0 done, 1 refused or failed, 2 wrong usage, 130 cancelled; exec has those of its command, 126 and 127.\n',
    ),
  ].join('\n');
}

function commandHelp(name: CommandName): string {
  const { options, summary, more, operands }: CommandText = COMMANDS[name];
  const usage = [`qwen-auth ${name}`, ...options.map((option) => `[${optionText(option)}]`), operands ?? []].flat();
  return [
    `${l10n.t('Usage: {usage}', { usage: usage.join(' ') })}\n`,
    `${l10n.t('{summary}.', { summary: summary.charAt(0).toUpperCase() + summary.slice(1) })}\n${more ? `${more}\n` : ''}`,
    ...(options.length > 0 ? [`${l10n.t('Options')}\n${optionTable(options)}`] : []),
    `${l10n.t('qwen-auth --help tells the arguments that go with every command.')}\n`,
  ].join('\n');
}

function optionTable(names: readonly OptionName[]): string {
  return table(names.map((name) => [`  ${optionText(name)}`, OPTIONS[name].help]));
}

function optionText(name: OptionName): string {
  const { short, value, optional }: Option = OPTIONS[name];
  return `--${name}${value ? ` ${value}` : ''}${optional ? `[${optional}]` : ''}${short ? `, -${short}` : ''}`;
}
