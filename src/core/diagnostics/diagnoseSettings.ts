import * as l10n from '@vscode/l10n';
import { joinSentences } from '../../language/joinSentences';
import { findBaseUrl } from '../config/baseUrl';
import { findNode } from '../config/jsonc';
import type { JsonPath } from '../config/jsonPath';
import { rightName } from '../config/entryProperties';
import { readModelProviders } from '../config/modelProviders';
import { stringIn } from '../base/json';
import type { Diagnostic, Fix } from './diagnostic';
import { findPlainKeys } from './plainKeys';
import { nameSpanAt, readSettingsText, type SettingsKind, type SettingsText, spanAt, valueAt } from './settingsText';

const MOVE_KEY = l10n.t('Move this key to the keychain');

/**
 * What is wrong with `modelProviders` in a settings file, and the keys that stand in it in plain text. A file that
 * cannot be parsed is read as far as it goes: that it cannot is said elsewhere.
 * `expand` puts variables into `modelProviders`, where that file may refer to them.
 */
export function diagnoseSettings(kind: SettingsKind, text: string, expand?: Expand): readonly Diagnostic[] {
  const file = readSettingsText(kind, text);
  if (!file) return [];
  const keys = findPlainKeys(file);
  const entries = badEntries(file, keys, expand);
  const said = new Set(entries.filter(({ fix }) => fix?.kind === 'moveKey').map(({ offset }) => offset));
  const others = keys.map((place) => plainKey(file, place)).filter(({ offset }) => !said.has(offset));
  return [...entries, ...longAddresses(file), ...others];
}

type Expand = (modelProviders: unknown) => unknown;

function same(modelProviders: unknown): unknown {
  return modelProviders;
}

/** Rules that are about a property's name rather than its value. */
const ABOUT_NAMES: ReadonlySet<string> = new Set(['unknown-property', 'misplaced']);

function badEntries(file: SettingsText, keys: readonly JsonPath[], expand: Expand = same): readonly Diagnostic[] {
  const { providersName: name, modelProviders, providerProtocol: protocols } = file;
  if (!name) return [];
  const keyPlaces = new Set(keys.map((one) => one.join('\n')));
  const { problems } = readModelProviders(expand(modelProviders), { kind: 'settings', name, protocols });
  return problems.map(({ message, severity, rule = { code: 'shape', path: [] } }) => {
    const { code } = rule;
    const place = [name, ...rule.path];
    const isKey = keyPlaces.has(place.join('\n'));
    const fix = isKey ? ({ kind: 'moveKey', title: MOVE_KEY, place } as const) : editFor(file, code, place, severity);
    const span = ABOUT_NAMES.has(code) && !isKey ? nameSpanAt(file, place) : spanAt(file, place);
    return { code, severity, message, ...span, ...(fix && { fix }) };
  });
}

function editFor(file: SettingsText, code: string, place: JsonPath, severity: Diagnostic['severity']): Fix | undefined {
  if (code === 'missing-id') return addId(file, place);
  const right = code === 'unknown-property' && severity === 'error' ? rightName(place) : undefined;
  if (right === undefined) return undefined;
  return {
    kind: 'edit',
    title: l10n.t('Rename to "{right}"', { right }),
    newText: JSON.stringify(right),
    ...nameSpanAt(file, place),
  };
}

/** Written in front of what the entry holds, with the same blanks; an id that is empty or no text gives way to it. */
function addId(file: SettingsText, place: JsonPath): Fix | undefined {
  const entry = findNode(file.root, place);
  if (!entry) return undefined;
  const id = JSON.stringify(stringIn(valueAt(file, place), 'name') ?? 'qwen3-coder-plus');
  const title = l10n.t('Add "id": {id}', { id });
  const bad = findNode(file.root, [...place, 'id']);
  if (bad) return { kind: 'edit', title, offset: bad.offset, length: bad.length, newText: id };
  const offset = entry.offset + 1;
  const [blanks = ''] = /^\s*/.exec(file.text.slice(offset)) ?? [];
  const isEmpty = (entry.children ?? []).length === 0;
  return { kind: 'edit', title, offset, length: 0, newText: isEmpty ? `"id": ${id}` : `${blanks}"id": ${id},` };
}

function longAddresses(file: SettingsText): readonly Diagnostic[] {
  const addresses = file.strings.filter(({ place }) => place[0] === file.providersName && place.at(-1) === 'baseUrl');
  return addresses.flatMap(({ place, value }) => {
    const read = findBaseUrl(value);
    // An address of Azure's names the model too, which must not be lost.
    if (!read?.note || read.model) return [];
    const span = spanAt(file, place);
    const fix = { kind: 'edit', title: l10n.t('Cut it off'), newText: JSON.stringify(read.baseUrl), ...span } as const;
    const message = joinSentences(l10n.t('Requests go to {baseUrl}.', { baseUrl: read.baseUrl }), read.note);
    return [{ code: 'long-address', severity: 'hint', message, ...span, fix } as const];
  });
}

function plainKey(file: SettingsText, place: JsonPath): Diagnostic {
  return {
    code: 'plain-key',
    severity: 'warning',
    message: l10n.t('A key stands here in plain text: every program, and whoever gets this file, can read it.'),
    ...spanAt(file, place),
    fix: { kind: 'moveKey', title: MOVE_KEY, place },
  };
}
