import { findBaseUrl } from '../config/baseUrl';
import { findNode, type JsonPath } from '../config/jsonc';
import { readModelProviders } from '../config/modelProviders';
import { stringIn } from '../base/json';
import type { Diagnostic, Fix } from './diagnostic';
import { findPlainKeys } from './plainKeys';
import { readSettingsText, type SettingsKind, type SettingsText, spanAt, valueAt } from './settingsText';

const MOVE_KEY = 'Move this key to the keychain';

/**
 * What is wrong with `modelProviders` in a settings file, and the keys that stand in it in plain text. A file that
 * cannot be parsed is read as far as it goes: that it cannot is said elsewhere.
 */
export function diagnoseSettings(kind: SettingsKind, text: string): readonly Diagnostic[] {
  const file = readSettingsText(kind, text);
  if (!file) return [];
  const keys = findPlainKeys(file);
  const entries = badEntries(file, keys);
  const said = new Set(entries.filter(({ fix }) => fix?.kind === 'moveKey').map(({ offset }) => offset));
  const others = keys.map((place) => plainKey(file, place)).filter(({ offset }) => !said.has(offset));
  return [...entries, ...longAddresses(file), ...others];
}

function badEntries(file: SettingsText, keys: readonly JsonPath[]): readonly Diagnostic[] {
  const { providersName: name, modelProviders, providerProtocol: protocols } = file;
  if (!name) return [];
  const { problems } = readModelProviders(modelProviders, { kind: 'settings', name, protocols });
  return problems.map(({ message, severity, rule = { code: 'shape', path: [] } }) => {
    const { code } = rule;
    const place = [name, ...rule.path];
    const key = keys.find((one) => one.join('\n') === place.join('\n'));
    const fix =
      code === 'missing-id' ? addId(file, place) : key && ({ kind: 'moveKey', title: MOVE_KEY, place } as const);
    return { code, severity, message, ...spanAt(file, place), ...(fix && { fix }) };
  });
}

/** Written in front of what the entry holds, with the same blanks; an id that is empty or no text gives way to it. */
function addId(file: SettingsText, place: JsonPath): Fix | undefined {
  const entry = findNode(file.root, place);
  if (!entry) return undefined;
  const id = JSON.stringify(stringIn(valueAt(file, place), 'name') ?? 'qwen3-coder-plus');
  const title = `Add "id": ${id}`;
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
    const fix = { kind: 'edit', title: 'Cut it off', newText: JSON.stringify(read.baseUrl), ...span } as const;
    const message = `Requests go to ${read.baseUrl}. ${read.note}`;
    return [{ code: 'long-address', severity: 'hint', message, ...span, fix } as const];
  });
}

function plainKey(file: SettingsText, place: JsonPath): Diagnostic {
  return {
    code: 'plain-key',
    severity: 'warning',
    message: 'A key stands here in plain text: every program, and whoever gets this file, can read it.',
    ...spanAt(file, place),
    fix: { kind: 'moveKey', title: MOVE_KEY, place },
  };
}
