// How each vendor says no. Wrong keys are echoed where a vendor does so, which is why our own texts must be redacted.
import type { Vendor } from './services';

/** An answer that says no. */
export interface Refusal {
  readonly status: number;
  readonly body: object;
  readonly headers?: Record<string, string>;
}

/** Why a right key is of no use. */
type UselessKey = (typeof uselessKeys)[number];
const uselessKeys = ['nobalance', 'noaccess', '429', 'quota'] as const;

/** What a key like `sk-sandbox-429` (coding plan: `sk-sp-sandbox-429`) stands for; undefined for every other key. */
export function uselessKey(vendor: Vendor, key: string): UselessKey | undefined {
  const prefix = vendor === 'codingPlan' ? 'sk-sp-sandbox' : 'sk-sandbox';
  return uselessKeys.find((reason) => key === `${prefix}-${reason}`);
}

/** The answer to a key that is missing, wrong, or of another region or vendor. */
export function wrongKey(vendor: Vendor, key: string): Refusal {
  switch (vendor) {
    case 'qwen':
    case 'codingPlan':
      return openAiStyle(401, 'invalid_api_key', 'invalid access token or token expired');
    case 'dashscope':
      return openAiStyle(401, 'invalid_api_key', 'Incorrect API key provided. Check the key and its region.');
    case 'azure':
      return {
        status: 401,
        body: {
          error: { code: '401', message: 'Access denied due to invalid subscription key or wrong API endpoint.' },
        },
      };
    case 'openrouter':
      return {
        status: 401,
        body: { error: { code: 401, message: key ? 'User not found.' : 'No auth credentials found' } },
      };
    case 'modelscope':
      return { status: 401, body: { errors: { message: 'Authentication failed: supply a valid ModelScope token.' } } };
    case 'openai':
    case 'local': {
      const message = key ? `Incorrect API key provided: ${key}.` : 'You did not provide an API key.';
      return openAiStyle(401, 'invalid_api_key', message);
    }
  }
}

/** The answer to a key that is right but of no use. */
export function useless(vendor: Vendor, reason: UselessKey): Refusal {
  const isAlibaba = vendor === 'codingPlan' || vendor === 'dashscope';
  switch (reason) {
    case 'nobalance':
      // Model Studio's error table has Arrearage with status 400; elsewhere it is 402.
      return isAlibaba
        ? openAiStyle(
            400,
            'Arrearage',
            'Access denied, please make sure your account is in good standing.',
            'Arrearage',
          )
        : openAiStyle(402, 'insufficient_credits', 'Insufficient credits. Add credits and try again.');
    case 'noaccess':
      return openAiStyle(403, 'Model.AccessDenied', 'Model access denied.', 'Model.AccessDenied');
    case '429':
      return {
        ...openAiStyle(429, 'rate_limit_exceeded', 'Rate limit reached. Try again in 7 seconds.', 'rate_limit_error'),
        headers: { 'Retry-After': '7' },
      };
    case 'quota':
      return openAiStyle(429, 'insufficient_quota', 'Free allocated quota exceeded.', 'insufficient_quota');
  }
}

/** The answer to a model that the service does not have. */
export function unknownModel(model: string): Refusal {
  const message = `The model \`${model}\` does not exist or you do not have access to it.`;
  return openAiStyle(404, 'model_not_found', message, 'invalid_request_error', 'model');
}

/** The answer to a request that cannot be read. */
export function badRequest(message: string, param: string | null): Refusal {
  return openAiStyle(400, 'invalid_parameter_error', message, 'invalid_request_error', param);
}

/** A refusal in the form of OpenAI's. */
export function openAiStyle(
  status: number,
  code: string,
  message: string,
  type = 'invalid_request_error',
  param: string | null = null,
): Refusal {
  return { status, body: { error: { message, type, param, code }, request_id: 'sandbox' } };
}
