import * as l10n from '@vscode/l10n';
import { sentence } from '../base/sentence';
import { ConfigurationError } from '../base/errors';
import type { Source } from '../providers/source';
import type { JsonPath } from './jsonPath';
import type { QwenSettings } from './qwenSettings';
import type { VariablePlaces } from './variables';

/** Whose `modelProviders` it is. */
export interface ProvidersOrigin {
  readonly kind: Source['kind'];
  /** The name of the setting, or of the member of the file. */
  readonly name: string;
  /** The line of a place in the value, in a file that is known. */
  readonly lineOf?: (place: JsonPath) => number | undefined;
  readonly file?: string;
  /** Provider ids of the person's own → the protocol they speak. */
  readonly protocols?: ReadonlyMap<string, string>;
  /** What may say where an entry without a base URL goes. */
  readonly variables?: VariablePlaces;
}

/** What can be wrong with `modelProviders`. */
export type ProvidersRule =
  | 'shape'
  | 'protocol'
  | 'too-many'
  | 'duplicate'
  | 'missing-id'
  | 'env-key'
  | 'base-url'
  | 'key-in-entry'
  | 'unknown-property'
  | 'misplaced'
  | 'type';

/** VS Code's setting. */
export const MODEL_PROVIDERS_SETTING: ProvidersOrigin = { kind: 'settings', name: 'qwen.modelProviders' };

/** One of Qwen Code's settings files. */
export function originOf(
  { path, scope, document }: QwenSettings,
  protocols: ReadonlyMap<string, string>,
): ProvidersOrigin {
  return {
    kind: scope === 'workspace' ? 'workspaceSettings' : 'qwenSettings',
    name: 'modelProviders',
    file: path,
    lineOf: (place) => document.lineOf(['modelProviders', ...place]),
    protocols,
  };
}

const SEVERITIES: Readonly<Partial<Record<ProvidersRule, ConfigurationError['severity']>>> = {
  protocol: 'information',
  'too-many': 'warning',
  misplaced: 'warning',
};

/** Where a value at a place of `modelProviders` comes from. */
export function sourceOf({ kind, name, file, lineOf }: ProvidersOrigin, place: JsonPath): Source {
  if (!lineOf) return { kind, name };
  return {
    kind,
    name,
    ...(file && { file }),
    // Of thousands of entries only a few are ever asked for their lines.
    get line() {
      return lineOf(place);
    },
  };
}

/** What is wrong at a place of `modelProviders`; the message goes on after the place. */
export function providersProblem(
  code: ProvidersRule,
  origin: ProvidersOrigin,
  place: JsonPath,
  message: string,
  severity: ConfigurationError['severity'] = SEVERITIES[code] ?? 'error',
): ConfigurationError {
  const path = place.map((part) => (typeof part === 'number' ? `[${part}]` : `.${part}`)).join('');
  const line = origin.lineOf?.(place);
  const name = `${origin.name}${path}`;
  const where = origin.file ? l10n.t('{name} in {place}', { name, place: origin.file }) : name;
  const rule = { code, path: place };
  const text =
    line === undefined
      ? l10n.t('{place} {what}', { place: where, what: message })
      : l10n.t('{place}, line {line}, {what}', { place: where, line, what: message });
  return new ConfigurationError(
    origin.file ? { file: origin.file, ...(line !== undefined && { line }), rule } : { setting: origin.name, rule },
    sentence(text),
    severity,
  );
}
