import { isRecord } from '../base/json';
import { redact } from '../base/redaction';
import { Secret } from '../base/secret';
import { readJsonc } from './jsonc';
import { isPlaceholder } from './placeholder';
import { QWEN_FORMAT } from './providerEdits';

/** How the name of a variable, a property, a header or an argument ends whose value is a secret. */
const SECRET_NAME = /(?:key|token|secret|passw(?:or)?d|passphrase|pwd|authorization|cookie|(?:^|[_-])pat)$/i;
/** An argument that names its own value: `--token=…`, and after `--header`, `Authorization: …`. */
const NAMED = /^([\w-]{1,64})(?:=|:\s*)(.+)/s;
/** What the query of an address names, and its password. */
const IN_QUERY = /[?&]([\w-]{1,64})=([^&#\s]+)/g;
const PASSWORD = /:\/\/[^\s/:@]*:([^\s/@]+)@/g;

/**
 * The text of Qwen Code's settings as it may be shown: without what looks like a key, and without what stands under the
 * name of a secret, be it of a model, of an MCP server or of whatever else the file is for.
 */
export function shownSettings(file: string, text: string): string {
  const { value: settings } = text.trim() ? readJsonc(file, text, QWEN_FORMAT) : {};
  return redact(text, ...secretsIn(settings));
}

function secretsIn(value: unknown, name = ''): readonly Secret[] {
  if (typeof value === 'string') return isSecret(name, value) ? [new Secret(value)] : secretsInAddress(value);
  if (Array.isArray(value)) return value.flatMap((item: unknown, at) => secretsInItem(item, value[at - 1]));
  return isRecord(value) ? Object.entries(value).flatMap(([key, inner]) => secretsIn(inner, key)) : [];
}

function secretsInAddress(text: string): readonly Secret[] {
  return [
    ...[...text.matchAll(IN_QUERY)].flatMap(([, name, value]) => secretsIn(value, name)),
    ...[...text.matchAll(PASSWORD)].flatMap(([, password]) => secretsIn(password, 'password')),
  ];
}

/** An item of a list may be named by the one before it, as in `["--api-key", "…"]`, or name its own value. */
function secretsInItem(item: unknown, before: unknown): readonly Secret[] {
  const option = typeof before === 'string' && before.startsWith('-') ? before : undefined;
  const own = NAMED.exec(String(item));
  return [...secretsIn(item, option), ...secretsIn(own?.[2], own?.[1])];
}

function isSecret(name: string, value: string): boolean {
  // What is called `envKey` names a variable.
  return SECRET_NAME.test(name) && name !== 'envKey' && !isPlaceholder(value);
}
