/** The named groups of a match. */
export type Groups = Readonly<Record<string, string | undefined>>;

/** A value as people write it: in quotes, or visible ASCII up to what ends it in a sentence. */
export const VALUE =
  '(?<value>"[^"\\n]{0,1024}"|\'[^\'\\n]{0,1024}\'|`[^`\\n]{0,1024}`|(?!--)[^\\s"\'`,;()\\u007f-\\uffff]{1,2048})';

/** Cuts out of a text every match that `read` makes something of; a comma and its group `about` stay in its place. */
export function extract<T>(
  text: string,
  pattern: RegExp,
  read: (groups: Groups) => T | undefined,
): { readonly found: readonly T[]; readonly rest: string } {
  const found: T[] = [];
  const rest: string[] = [];
  let end = 0;
  for (const match of text.matchAll(pattern)) {
    const one = read(match.groups ?? {});
    if (one === undefined) continue;
    found.push(one);
    rest.push(text.slice(end, match.index), ` ,${match.groups?.['about'] ?? ''} , `);
    end = match.index + match[0].length;
  }
  return { found, rest: [...rest, text.slice(end)].join('') };
}

/** A value without its quotes, the brackets of a pasted link, and the full stop of the sentence that it ends. */
export function unquote(value = ''): string {
  const inner = /^(["'`])(.*)\1$/.exec(value)?.[2] ?? value.replace(/(?<!\.)\.$|[!?:*|]{1,4}$/, '');
  return inner.trim().replace(/^<(https?:.*)>$/i, '$1');
}
