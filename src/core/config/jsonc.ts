import * as l10n from '@vscode/l10n';
import { getNodeValue, type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import { ConfigurationError } from '../base/errors';
import { parseJson } from '../base/json';
import { Lines } from '../base/lines';
import { shownCharacter } from '../base/oneLine';
import { offsetOf } from './jsonOffset';
import type { JsonPath } from './jsonPath';

/** A JSON document with comments, of which every value knows its line. */
export interface JsonDocument {
  readonly value: unknown;
  /** The line (from 1) on which the value at that place begins; undefined where there is none. */
  lineOf(place: JsonPath): number | undefined;
}

/**
 * Reads JSON with comments, and with commas before closing brackets where they are allowed. Throws `ConfigurationError`
 * with the line of the first fault.
 */
export function readJsonc(file: string, text: string, { allowTrailingComma = false } = {}): JsonDocument {
  const value = parseJson(text);
  return value === undefined || isDeep(value, DEEPEST)
    ? readTree(file, text, allowTrailingComma)
    : new PlainDocument(text, value);
}

/** What is deeper than this is left to the parser, which may not get to the ground of it. */
const DEEPEST = 100;

function isDeep(value: unknown, most: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (most === 0) return true;
  for (const inner of Object.values(value)) if (typeof inner === 'object' && isDeep(inner, most - 1)) return true;
  return false;
}

/** For so many lines the text is walked through; a tree takes longer, and has them all. */
const MOST_WALKS = 5;

/** A document without comments. Files may be large, so its lines are looked for when they are asked for. */
class PlainDocument implements JsonDocument {
  readonly value: unknown;
  readonly #text: string;
  #walks = 0;
  #tree: JsonDocument | undefined;

  constructor(text: string, value: unknown) {
    this.#text = text;
    this.value = value;
  }

  lineOf(place: JsonPath): number | undefined {
    this.#walks += 1;
    if (this.#walks > MOST_WALKS) return (this.#tree ??= readTree('', this.#text, false)).lineOf(place);
    const offset = offsetOf(this.#text, place);
    return offset === undefined ? undefined : new Lines(this.#text.slice(0, offset)).count;
  }
}

function readTree(file: string, text: string, allowTrailingComma: boolean): JsonDocument {
  const errors: ParseError[] = [];
  const lines = new Lines(text);
  const lineAt = (offset: number): number => lines.positionAt(offset).line + 1;
  const root = parseWhole(file, text, errors, allowTrailingComma);
  const [fault] = errors;
  if (fault) {
    const { what, offset = fault.offset } = describeFault(text, fault);
    const line = lineAt(offset);
    const message = l10n.t('{file} cannot be read, line {line}: {what}. Nothing of it is used.', { file, line, what });
    throw new ConfigurationError({ file, line }, message);
  }
  return {
    value: root && getNodeValue(root),
    lineOf: (place) => {
      const node = findNode(root, place);
      return node && lineAt(startOf(node));
    },
  };
}

/** The parser calls itself for each level, and runs out of stack where a file nests thousands of them. */
function parseWhole(file: string, text: string, errors: ParseError[], allowTrailingComma: boolean): Node | undefined {
  try {
    return parseTree(text, errors, { disallowComments: false, allowTrailingComma });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const message = l10n.t('{file} cannot be read: it nests too deeply. Nothing of it is used.', { file });
    throw new ConfigurationError({ file, line: 1 }, message);
  }
}

/** The value at a place; of several properties of one name the last, as its value is the one that counts. */
export function findNode(root: Node | undefined, place: JsonPath): Node | undefined {
  return place.reduce((node: Node | undefined, part) => {
    if (typeof part === 'number') return node?.type === 'array' ? node.children?.[part] : undefined;
    return node?.type === 'object' ? propertiesOf(node).get(part) : undefined;
  }, root);
}

const properties = new WeakMap<Node, ReadonlyMap<unknown, Node | undefined>>();

/** The values of an object by their names, looked for once: files of projects have objects of any size. */
function propertiesOf(node: Node): ReadonlyMap<unknown, Node | undefined> {
  const known = properties.get(node);
  if (known) return known;
  const found = new Map<unknown, Node | undefined>(
    (node.children ?? []).map(({ children: [name, value] = [] }) => [name?.value, value]),
  );
  properties.set(node, found);
  return found;
}

/** A property begins at its name, not at its value. */
function startOf(node: Node): number {
  return node.parent?.type === 'property' ? node.parent.offset : node.offset;
}

/** What is wrong in words, and where, if that is not where the parser stopped. */
function describeFault(
  text: string,
  { error, offset }: ParseError,
): { readonly what: string; readonly offset?: number } {
  const before = text.slice(0, offset).trimEnd();
  const [character = ''] = text.slice(offset, offset + 2);
  if (before.endsWith(',') && '}]'.includes(character || ' '))
    return { what: l10n.t('a comma behind which nothing comes'), offset: before.length - 1 };
  const name = printParseErrorCode(error);
  if (name === 'InvalidSymbol') {
    // One character of a key gives nothing away.
    const sign = shownCharacter(character);
    return {
      what: /\w/.test(character) ? l10n.t('a word without quotes') : l10n.t('{sign} is no sign of JSON', { sign }),
    };
  }
  // `CommaExpected` → `comma expected`.
  return { what: name.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase() };
}
