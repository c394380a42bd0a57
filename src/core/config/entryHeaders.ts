import * as l10n from '@vscode/l10n';
import { isRecord } from '../base/json';
import { redact } from '../base/redaction';
import { isReservedHeader } from '../providers/generationConfig';

/** What stands in a form in the place of a value that may be a secret: it keeps what the file has. */
export const HIDDEN = '(hidden)';

const SECRET_NAME = /auth|cookie|key|password|secret|token/i;
const LINE = /^([\w!#$%&'*+.^`|~-]+)\s*:[\t ]*(.*)$/;

/** The `customHeaders` of an entry as the lines of a form. What may be a secret, and what is no text, is hidden. */
export function headerLines(headers: unknown): string {
  const lines = Object.entries(isRecord(headers) ? headers : {}).map(([name, value]) => {
    const text = typeof value === 'string' && !/[\r\n]/.test(value) ? value : HIDDEN;
    return `${name}: ${SECRET_NAME.test(name) || redact(text) !== text ? HIDDEN : text}`;
  });
  return lines.join('\n');
}

/** What is wrong with such lines, in a sentence; undefined where nothing is. */
export function headerError(lines: string): string | undefined {
  for (const [name, value] of headersIn(lines)) {
    if (name === '') return l10n.t('Write each header in a line of its own, such as "X-Team: blue".');
    if (isReservedHeader(name)) return l10n.t('{name} is not sent: the extension sets this header itself.', { name });
    if (!/^[\t\x20-\x7e]*$/.test(value)) return l10n.t('{name} holds a character that no header can.', { name });
  }
  return undefined;
}

/** The first header whose value is hidden in such lines though `before` has none for it; undefined where there is none. */
export function unknownHeader(lines: string, before: unknown): string | undefined {
  const kept = isRecord(before) ? before : {};
  return headersIn(lines).find(([name, value]) => value === HIDDEN && !Object.hasOwn(kept, name))?.[0];
}

/** The headers of such lines by their names; undefined where the value is hidden. */
export function readHeaderLines(lines: string): ReadonlyMap<string, string | undefined> {
  return new Map(headersIn(lines).map(([name, value]) => [name, value === HIDDEN ? undefined : value]));
}

/** The header in each line that is not empty; without a name where the line is none. */
function headersIn(lines: string): readonly (readonly [name: string, value: string])[] {
  return lines
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => {
      const [, name = '', value = ''] = LINE.exec(line) ?? [];
      return [name, value];
    });
}
