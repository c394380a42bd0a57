import * as l10n from '@vscode/l10n';
import { ConfigurationError, type Where } from '../base/errors';
import { isRecord, typeNameOf } from '../base/json';
import { endpointName, PROVIDERS } from '../providers/catalogue';
import type { Source } from '../providers/source';
import { findBaseUrl } from './baseUrl';
import { quoted } from './keyShape';

/** A command that prints the key for a base URL: the program and its arguments, which no shell reads. */
export interface KeyCommand {
  readonly baseUrl: string;
  readonly command: readonly [string, ...string[]];
  readonly source: Source;
}

/** The commands that a setting or a file of the person's own names, and what is wrong with others. */
export interface KeyCommands {
  readonly commands: readonly KeyCommand[];
  readonly problems: readonly ConfigurationError[];
}

/** The name of the setting, and of the member of Qwen Code's settings file without its `qwen.`. */
export const KEY_COMMAND = 'keyCommand';

/** The places of the catalogue by the names that they have in settings. */
const PLACES = new Map(
  PROVIDERS.flatMap((provider) =>
    provider.regions.map((region) => [endpointName(provider, region), region.baseUrl] as const),
  ),
);

/** Reads an object of base URLs, or names such as `coding-plan/china`, each with a list of program and arguments. */
export function readKeyCommands(value: unknown, where: Where, file?: string): KeyCommands {
  const place =
    file === undefined ? `qwen.${KEY_COMMAND}` : l10n.t('{name} in {place}', { name: KEY_COMMAND, place: file });
  if (value === undefined) return { commands: [], problems: [] };
  if (!isRecord(value))
    return {
      commands: [],
      problems: [
        new ConfigurationError(
          where,
          l10n.t('{place} is {type}: it must be an object.', { place, type: typeNameOf(value) }),
        ),
      ],
    };
  const read = Object.entries(value).map(([name, command]): KeyCommand | ConfigurationError => {
    const baseUrl = PLACES.get(name) || findBaseUrl(name)?.baseUrl;
    if (!baseUrl)
      return new ConfigurationError(
        where,
        l10n.t('{place}: {name} is neither a base URL nor a provider.', { place, name: quoted(name.slice(0, 100)) }),
      );
    const words: readonly unknown[] = Array.isArray(command) ? command : [];
    const [program, ...args] = words.filter((word) => typeof word === 'string');
    if (!program || args.length !== words.length - 1)
      return new ConfigurationError(
        where,
        l10n.t('{place}: what belongs to "{name}" must be a list of a program and its arguments, such as {example}.', {
          place,
          name,
          example: '["pass", "show", "qwen"]',
        }),
      );
    const text = [program, ...args].join(' ');
    return { baseUrl, command: [program, ...args], source: { kind: 'command', name: text, ...(file && { file }) } };
  });
  return {
    commands: read.flatMap((one) => (one instanceof ConfigurationError ? [] : [one])),
    problems: read.flatMap((one) => (one instanceof ConfigurationError ? [one] : [])),
  };
}
