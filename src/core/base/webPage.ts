/** How a web page begins, or any document of tags: no API answers with one. */
const PAGE = /^\s*<[!?a-z]/i;
/** How much of a page is looked through, in characters: titles stand at the beginning. */
const LONGEST = 5000;

/**
 * What a web page says in its title and its first heading, and, where that is a word alone, in its text; undefined for
 * what is no page.
 */
export function pageText(text: string): string | undefined {
  const page = text.slice(0, LONGEST);
  if (!PAGE.test(page)) return undefined;
  const title = elementText(page, 'title');
  const heading = elementText(page, 'h1');
  const said = [title, ...(title.includes(heading) ? [] : [heading])].filter(Boolean).join(' · ');
  if (/\s/.test(said)) return said;
  const body = plain(page.replace(/<(style|script|title|h1)\b.*?(?:<\/\1>|$)/gis, ' '));
  return [said, body].filter(Boolean).join(' · ');
}

function elementText(page: string, name: string): string {
  const [, content = ''] = new RegExp(`<${name}(?:\\s[^<>]*)?>(.{0,1000}?)</${name}`, 'is').exec(page) ?? [];
  return plain(content);
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

function plain(markup: string): string {
  return markup
    .replace(/<[^<>]*>/g, ' ')
    .replace(/&(\w+);/g, (entity, name: string) => ENTITIES[name] ?? entity)
    .replace(/\s+/g, ' ')
    .trim();
}
