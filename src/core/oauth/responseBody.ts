import { isRecord, parseJson } from '../base/json';

/** The error alone, in place of an object that names it, as Apereo CAS sends it. */
const ERROR_ALONE = /^"?((?:invalid|unauthorized|unsupported)_[a-z_]+|access_denied|expired_token)"?$/;
/** A form has no blanks and no markup, and begins with a name. */
const FORM = /^[\w.-]+=[^\s<]*$/;

/**
 * The members of an OAuth endpoint's response. RFC 6749 §5 promises a JSON object. Also read are a form (GitHub, where
 * JSON is not asked for), an object inside `data` (Lark), and an error's name alone. Undefined for anything else.
 */
export function readResponseBody(text: string): Readonly<Record<string, unknown>> | undefined {
  const json = parseJson(text);
  if (isRecord(json)) return isRecord(json['data']) && !isResponse(json) ? json['data'] : json;
  const trimmed = text.trim();
  const error = ERROR_ALONE.exec(trimmed)?.[1];
  if (error) return { error };
  return FORM.test(trimmed) ? Object.fromEntries(new URLSearchParams(trimmed)) : undefined;
}

function isResponse(json: Readonly<Record<string, unknown>>): boolean {
  return ['access_token', 'device_code', 'error'].some((name) => json[name] !== undefined);
}
