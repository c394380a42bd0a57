import { getNodeValue, type Node, parseTree } from 'jsonc-parser';
import { findNode } from '../config/jsonc';
import type { JsonPath } from '../config/jsonPath';
import { isRecord } from '../base/json';
import type { Span } from './diagnostic';

/** Whose settings a file holds: VS Code's own, a folder's `.vscode/settings.json`, or Qwen Code's. */
export type SettingsKind = 'vscode' | 'folder' | 'qwen';

/** A settings file as its text is now, good or not. */
export interface SettingsText {
  readonly kind: SettingsKind;
  readonly text: string;
  readonly root: Node;
  /** The property that holds `modelProviders`; undefined where it would not count. */
  readonly providersName: string | undefined;
  readonly modelProviders: unknown;
  readonly providerProtocol: ReadonlyMap<string, string>;
  readonly strings: readonly StringAt[];
}

/** A text in a settings file. */
export interface StringAt {
  readonly place: JsonPath;
  readonly value: string;
}

const PROVIDERS_NAMES = { vscode: 'qwen.modelProviders', folder: undefined, qwen: 'modelProviders' } as const;

/** Reads as much of a settings file as can be understood; undefined where that is nothing. */
export function readSettingsText(kind: SettingsKind, text: string): SettingsText | undefined {
  try {
    const root = parseTree(text, [], { disallowComments: false, allowTrailingComma: true });
    const value: unknown = root && getNodeValue(root);
    if (!root || !isRecord(value)) return undefined;
    const providersName = PROVIDERS_NAMES[kind];
    const protocols = kind === 'qwen' && isRecord(value['providerProtocol']) ? value['providerProtocol'] : {};
    return {
      kind,
      text,
      root,
      providersName,
      modelProviders: providersName && value[providersName],
      // An object of the parser has no way to become a text.
      providerProtocol: new Map(
        Object.entries(protocols).flatMap(([provider, protocol]) =>
          typeof protocol === 'string' ? [[provider, protocol]] : [],
        ),
      ),
      strings: stringsIn(root, []),
    };
  } catch (error) {
    // The parser calls itself for each level of nesting.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** The value at a place, as it was parsed. */
export function valueAt({ root }: SettingsText, place: JsonPath): unknown {
  const node = findNode(root, place);
  return node && getNodeValue(node);
}

/** What to mark for a place: its text or number, the name of its list or object, or the brace that begins it. */
export function spanAt(file: SettingsText, place: JsonPath): Span {
  const node = findNode(file.root, place);
  if (!node) return spanAt(file, place.slice(0, -1));
  const [name] = node.parent?.type === 'property' ? (node.parent.children ?? []) : [];
  const { offset, length } = node.children && name ? name : node;
  return { offset, length: node.children && !name ? 1 : length };
}

/** What to mark for a property that has the wrong name: the name. */
export function nameSpanAt(file: SettingsText, place: JsonPath): Span {
  const name = findNode(file.root, place)?.parent?.children?.[0];
  return name ? { offset: name.offset, length: name.length } : spanAt(file, place);
}

function stringsIn(node: Node, place: JsonPath): readonly StringAt[] {
  const value: unknown = node.value;
  if (typeof value === 'string') return [{ place, value }];
  return (node.children ?? []).flatMap((child, index) => {
    if (node.type === 'array') return stringsIn(child, [...place, index]);
    const [name, member] = child.children ?? [];
    return member ? stringsIn(member, [...place, String(name?.value)]) : [];
  });
}
