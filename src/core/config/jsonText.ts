import { type Node, parseTree } from 'jsonc-parser';
import { findNode } from './jsonc';
import type { JsonPath } from './jsonPath';

// Edits of JSON with comments, as text. jsonc-parser's own `modify` takes what stands between two items away with the
// first of them, comments included; these leave every byte alone that does not belong to what is edited.

/** A value that JSON can hold. */
export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [name: string]: JsonValue };

/** The text with the value at that place, and every object on the way to it, put there or put in place of what was. */
export function setValue(text: string, place: JsonPath, value: JsonValue): string {
  const node = nodeAt(text, place);
  if (node)
    return splice(text, [
      [node.offset, node.offset + node.length, render(text, value, indentAt(text, node.offset), false)],
    ]);
  const known = place.findLastIndex((_, depth) => nodeAt(text, place.slice(0, depth)));
  const name = place[known];
  if (typeof name !== 'string') return text;
  const parent = place.slice(0, known);
  const nested = place.slice(known + 1).reduceRight<JsonValue>((inner, part) => ({ [part]: inner }), value);
  // What is no object cannot hold a property, and would not be JSON with one.
  if (nodeAt(text, parent)?.type !== 'object') return setValue(text, parent, { [name]: nested });
  return insert(
    text,
    parent,
    undefined,
    (indent, inline) => `${JSON.stringify(name)}: ${render(text, nested, indent, inline)}`,
  );
}

/** The text with one more item at the end of a list. */
export function insertItem(text: string, list: JsonPath, value: JsonValue): string {
  return insert(text, list, undefined, (indent, inline) => render(text, value, indent, inline));
}

/** The text with the item at `index` once more behind itself, as it is written. */
export function duplicateItem(text: string, list: JsonPath, index: number): string {
  const [item] = membersAt(text, list).slice(index, index + 1);
  return item ? insert(text, list, index, () => text.slice(item.start, item.end)) : text;
}

/**
 * The text without the item or property at that place. A comment beside it goes with it; those on lines of their own
 * stay, for they may be anything, such as an entry that somebody has put aside.
 */
export function removeValue(text: string, place: JsonPath): string {
  const members = membersAt(text, place.slice(0, -1));
  const last = place.at(-1);
  const index = typeof last === 'number' ? last : members.findLastIndex(({ name }) => name === last);
  const member = members[index];
  if (!member) return text;
  const comma = member.comma ?? members[index - 1]?.comma;
  const ranges = [[member.start, member.end], ...(comma === undefined ? [] : [[comma, comma + 1]]), ...member.beside];
  return splice(
    text,
    joined(
      text,
      ranges.sort(([a = 0], [b = 0]) => a - b),
    ).map(([start, end]) => [...whole(text, start, end), '']),
  );
}

/**
 * The text with the item at `index` and the one behind it in each other's place, each with the comments that it has.
 */
export function swapItems(text: string, list: JsonPath, index: number): string {
  const [first, second] = membersAt(text, list).slice(index, index + 2);
  if (!first || !second) return text;
  const part = ({ lead, end, comma, tail }: Member) => ({
    head: text.slice(lead, end),
    // Without the comma: that is put directly behind the item anew, before its comments.
    rest: comma === undefined ? text.slice(end, tail) : text.slice(end, comma) + text.slice(comma + 1, tail),
  });
  const one = part(first);
  const other = part(second);
  const between = text.slice(first.tail, second.lead);
  const swapped = [
    `${other.head},${ended(text, other.rest, between + one.head)}`,
    between,
    `${one.head}${second.comma === undefined ? '' : ','}${ended(text, one.rest, text.slice(second.tail))}`,
  ];
  return splice(text, [[first.lead, second.tail, swapped.join('')]]);
}

/** An item of a list or a property of an object, and what is around it. Offsets in the text. */
interface Member {
  /** Of a property. */
  readonly name: unknown;
  readonly start: number;
  readonly end: number;
  /** The comma behind it. */
  readonly comma: number | undefined;
  /** The comments on the line on which it ends. */
  readonly beside: readonly (readonly [number, number])[];
  /** Where the comments directly above it begin, or it does. */
  readonly lead: number;
  /** Where the last of it ends: itself, its comma, the comments beside it. */
  readonly tail: number;
}

type Range = readonly number[];
type Token = readonly [kind: 'comment' | 'comma' | 'lineBreak', start: number, end: number];

function nodeAt(text: string, place: JsonPath): Node | undefined {
  const root = parseTree(text);
  return root && findNode(root, place);
}

function membersAt(text: string, place: JsonPath): readonly Member[] {
  const node = nodeAt(text, place);
  return node ? membersOf(text, node) : [];
}

function membersOf(text: string, { offset, length, children = [] }: Node): readonly Member[] {
  const members: Member[] = [];
  // The bracket is followed by what belongs to the list, as an item is by what belongs to it.
  let before = behind(text, offset + 1, children[0]?.offset ?? offset, true).tail;
  children.forEach((child, index) => {
    const end = child.offset + child.length;
    const next = children[index + 1]?.offset;
    const after = behind(text, end, next ?? offset + length - 1, next !== undefined);
    const name: unknown = child.type === 'property' ? child.children?.[0]?.value : undefined;
    const lead = leadOf(text, before, child.offset);
    members.push({ name, start: child.offset, end, lead, ...after });
    before = after.tail;
  });
  return members;
}

/** What stands behind an item, up to the next one or the closing bracket. */
function behind(text: string, from: number, to: number, hasNext: boolean): Pick<Member, 'comma' | 'beside' | 'tail'> {
  const tokens = tokensIn(text, from, to);
  const comma = tokens.find(([kind]) => kind === 'comma')?.[1];
  const lineEnd = tokens.find(([kind]) => kind === 'lineBreak')?.[1];
  // On one line with the next item, what is behind the comma is about that one.
  const until = lineEnd ?? (hasNext ? (comma ?? from) : to);
  const beside = tokens
    .filter(([kind, start]) => kind === 'comment' && start < until)
    .map(([, start, end]) => [start, end] as const);
  return { comma, beside, tail: Math.max(from, comma === undefined ? 0 : comma + 1, beside.at(-1)?.[1] ?? 0) };
}

/** Where the comments begin that stand above an item without an empty line between. */
function leadOf(text: string, from: number, start: number): number {
  let lead = start;
  let breaks = 0;
  for (const [kind, at] of [...tokensIn(text, from, start)].reverse()) {
    if (kind === 'lineBreak') breaks += 1;
    if (breaks > 1) break;
    if (kind === 'comment') [lead, breaks] = [at, 0];
  }
  return lead;
}

/** What stands between two members but blanks: never a string, so that what looks like a comment is one. */
function tokensIn(text: string, from: number, to: number): readonly Token[] {
  return [...text.slice(from, to).matchAll(/(\/\/[^\r\n]*|\/\*[^]*?\*\/)|(,)|\r\n|\r|\n/g)].map((match) => {
    const [token, comment, comma] = match;
    const kind = comment ? 'comment' : comma ? 'comma' : 'lineBreak';
    return [kind, from + match.index, from + match.index + token.length];
  });
}

/** Puts a member behind the one at `index`, the last one unless given. */
function insert(
  text: string,
  container: JsonPath,
  index: number | undefined,
  write: (indent: string, inline: boolean) => string,
): string {
  const node = nodeAt(text, container);
  if (!node) return text;
  const members = membersOf(text, node);
  const [first] = members;
  const before = members[index ?? members.length - 1];
  if (!first || !before) return fill(text, node, write);
  const inline = !/[\r\n]/.test(text.slice(node.offset, first.start));
  const indent = indentAt(text, first.start);
  // Beside items that are written on one line each, so is a new one.
  const compact = node.type === 'array' && !/[\r\n]/.test(text.slice(before.start, before.end));
  const member = write(indent, inline || compact);
  const gap = inline && !endsInLineComment(text.slice(before.end, before.tail)) ? ' ' : `${eolOf(text)}${indent}`;
  if (before.comma === undefined) {
    return splice(text, [
      [before.end, before.end, ','],
      [before.tail, before.tail, `${gap}${member}`],
    ]);
  }
  return splice(text, [[before.tail, before.tail, `${gap}${member}${before === members.at(-1) ? '' : ','}`]]);
}

/** Puts the first member into an object or list; comments that are in it stay before it. */
function fill(text: string, { offset, length }: Node, write: (indent: string, inline: boolean) => string): string {
  const close = offset + length - 1;
  const base = indentAt(text, offset);
  const indent = base + unitOf(text);
  const from = tokensIn(text, offset + 1, close).findLast(([kind]) => kind === 'comment')?.[2] ?? offset + 1;
  return splice(text, [[from, close, `${eolOf(text)}${indent}${write(indent, false)}${eolOf(text)}${base}`]]);
}

/** `rest` with a line break behind it where it would swallow what follows. */
function ended(text: string, rest: string, next: string): string {
  return endsInLineComment(rest) && !/^[ \t]*[\r\n]/.test(next) ? rest + eolOf(text) : rest;
}

/** Whether the last line of what stands behind a member is a comment up to its end. */
function endsInLineComment(text: string): boolean {
  const last = tokensIn(text, 0, text.length).at(-1);
  return last?.[0] === 'comment' && text.startsWith('//', last[1]);
}

/** Ranges with nothing but blanks between them, as one. */
function joined(text: string, ranges: readonly Range[]): readonly Range[] {
  return ranges.reduce<readonly Range[]>((known, [start = 0, end = 0]) => {
    const [from, to = -1] = known.at(-1) ?? [];
    if (from === undefined || text.slice(to, start).trim() !== '') return [...known, [start, end]];
    return [...known.slice(0, -1), [from, end]];
  }, []);
}

/** The range with the blanks that would be left over; the whole line where nothing else is on it. */
function whole(text: string, start = 0, end = 0): readonly [number, number] {
  const left = text.slice(0, start).search(/[ \t]*$/);
  const right = end + text.slice(end).search(/[^ \t]/);
  const isLineStart = /[\r\n]/.test(text.charAt(left - 1));
  const lineBreak = /^(\r\n|\r|\n)/.exec(text.slice(right))?.[0];
  if (isLineStart && lineBreak) return [left, right + lineBreak.length];
  if (lineBreak) return [left, end];
  return /[\s[{]/.test(text.charAt(start - 1)) ? [start, right] : [start, end];
}

function splice(text: string, edits: readonly (readonly [number, number, string])[]): string {
  return edits.reduceRight((rest, [start, end, part]) => rest.slice(0, start) + part + rest.slice(end), text);
}

function render(text: string, value: JsonValue, indent: string, inline: boolean): string {
  if (inline) return onOneLine(value);
  return JSON.stringify(value, undefined, unitOf(text)).replaceAll('\n', `${eolOf(text)}${indent}`);
}

function onOneLine(value: JsonValue): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const parts = isList(value)
    ? value.map(onOneLine)
    : Object.entries(value).map(([name, inner]) => `${JSON.stringify(name)}: ${onOneLine(inner)}`);
  if (isList(value)) return `[${parts.join(', ')}]`;
  return parts.length === 0 ? '{}' : `{ ${parts.join(', ')} }`;
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}

function indentAt(text: string, offset: number): string {
  return text.slice(0, offset).replace(/(?:[^]*[\r\n])?([ \t]*)[^]*/, '$1');
}

/** The indentation of one level: the first that the text has. */
function unitOf(text: string): string {
  return /[\r\n]([ \t]+)["/\]}[{]/.exec(text)?.[1] ?? '  ';
}

function eolOf(text: string): string {
  return /\r\n|\r|\n/.exec(text)?.[0] ?? '\n';
}
