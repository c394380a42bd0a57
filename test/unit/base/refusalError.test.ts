import assert from 'node:assert/strict';

import type { RefusalReason } from '../../../src/core/base/refusalReason';
import { errorWithin, serverWords, statusError } from '../../../src/core/base/refusalError';
import { Secret } from '../../../src/core/base/secret';

const HOST = 'api.example.com';
const MINUTE = 60;
const HOUR = 60 * MINUTE;

/** A body with the members of OpenAI's error. */
const error = (message: string, code?: string | number, type?: string): string =>
  JSON.stringify({ error: { message, ...(code !== undefined && { code }), ...(type && { type }) } });

/** The status and body of a refusal, why it is one, and how long it lasts in seconds, where that is said. */
type Row = readonly [number, string, RefusalReason | undefined, number?];

const CHINA = '2999-01-01 00:35:41';

const TOO_FAST: readonly Row[] = [
  [429, error('Rate limit reached for requests', 'rate_limit_exceeded', 'requests'), 'tooFast'],
  [429, error('Rate limit reached on tokens per day (TPD). Please try again in 43m12s.'), 'tooFast', 43 * MINUTE + 12],
  [429, error('Rate limit reached on RPM: Limit 3. See /account/billing. Please try again in 20s.'), 'tooFast', 20],
  [429, error('Requests rate limit exceeded, please try again later.', 'Throttling.RateQuota'), 'tooFast'],
  [429, error('Allocated quota exceeded, please increase your quota limit.', 'Throttling.AllocationQuota'), 'tooFast'],
  [
    429,
    error('You exceeded your current quota: error-code#token-limit', 'insufficient_quota', 'insufficient_quota'),
    'tooFast',
  ],
  [
    429,
    error('You exceeded your current requests list. See: model-studio/error-code#rate-limit', 'limit_requests'),
    'tooFast',
  ],
  [429, error('Request rate increased too quickly.', 'limit_burst_rate'), 'tooFast'],
  [429, error('concurrency allocated quota exceeded', 'invalid_request_error'), 'tooFast'],
  [
    429,
    '[{"error":{"code":429,"message":"Please check your plan and billing details. Please retry in 34.07s."}}]',
    'tooFast',
    35,
  ],
  [429, error('Resource has been exhausted (e.g. check quota).'), 'tooFast'],
  [429, error('您当前使用该API的并发数过高', '1302'), 'tooFast'],
  [429, error('您的账户已达到速率限制，请您控制请求频率', '1302'), 'tooFast'],
  [429, error('Request was rejected due to rate limiting. Details: TPM limit reached.'), 'tooFast'],
  [
    429,
    error(
      'Rate limit of 150 per 86400s exceeded for UserByModelByDay. Please wait 3541 seconds before retrying.',
      'RateLimitReached',
    ),
    'tooFast',
    3541,
  ],
  [429, '{"errors":{"message":"Request limit exceeded."}}', 'tooFast'],
  [429, error('x is temporarily rate-limited upstream. Please retry shortly.'), 'tooFast'],
  [429, '', 'tooFast'],
  [403, error('You have sent too many requests.', 'RateLimitExceeded'), 'tooFast'],
  [
    429,
    error('The engine is currently overloaded, please try again later', undefined, 'engine_overloaded_error'),
    'overloaded',
  ],
  [429, error('该模型当前访问量过大，请您稍后再试', '1305'), 'overloaded'],
  [429, error('当前分组上游负载已饱和，请稍后再试', undefined, 'new_api_error'), 'overloaded'],
  [503, error('Service is too busy. We advise users to switch. Server is busy.'), 'overloaded'],
  [529, error('Overloaded', undefined, 'overloaded_error'), 'overloaded'],
];

const WINDOWS: readonly Row[] = [
  [429, error('hour allocated quota exceeded', 'insufficient_quota'), 'windowUsedUp'],
  [429, error('month allocated quota exceeded', 'Throttling.AllocationQuota'), 'windowUsedUp'],
  [429, error(`已达到 5 小时的使用上限。您的限额将在 ${CHINA} 重置。`, '1308'), 'windowUsedUp'],
  [429, error('您的账户已达到每周使用上限', '1310'), 'windowUsedUp'],
  [
    429,
    error('[1308][Usage limit reached for 5 hour. Your limit will reset soon][2026]', '1308', 'rate_limit_error'),
    'windowUsedUp',
  ],
  [429, error('Rate limit exceeded: free-models-per-day. Add 10 credits to unlock 1000 a day'), 'windowUsedUp'],
  [403, error('Key limit exceeded (daily limit). Manage it in the settings.'), 'windowUsedUp'],
  [
    403,
    error(
      "You've reached your weekly (7-day) usage limit. Purchase extra usage.",
      undefined,
      'access_terminated_error',
    ),
    'windowUsedUp',
  ],
  [
    403,
    error("You've reached your usage limit for this billing cycle.", undefined, 'access_terminated_error'),
    'windowUsedUp',
  ],
  [
    429,
    error(
      'usage limit exceeded, 5-hour usage limit reached for Token Plan (0/0 used) (2056)',
      undefined,
      'rate_limit_error',
    ),
    'windowUsedUp',
  ],
  [402, error('Free quota used (30 requests / 5h).', 'free_quota_exceeded', 'insufficient_quota'), 'windowUsedUp'],
  [
    429,
    '{"errors":{"message":"You have exceeded today\'s quota for model Qwen/Qwen3, please try again tomorrow"}}',
    'windowUsedUp',
  ],
  [
    429,
    '[{"error":{"code":429,"message":"Quota exceeded. Please retry in 34s.","details":[{"violations":[{"quotaId":"GenerateRequestsPerDayPerProject"}]}]}}]',
    'windowUsedUp',
    34,
  ],
  [429, error('You have exceeded the 5-hour usage quota.', 'AccountQuotaExceeded'), 'windowUsedUp'],
  [429, error('you have used up your daily free allocation of 10,000 neurons', 4006), 'windowUsedUp'],
  [429, error('本月套餐额度已用完'), 'windowUsedUp'],
];

const NO_BALANCE: readonly Row[] = [
  [402, '', 'noBalance'],
  [402, error('Insufficient Balance', 'invalid_request_error'), 'noBalance'],
  [402, error('This request requires more credits, or fewer max_tokens.'), 'noBalance'],
  [
    429,
    error('You exceeded your current quota, please check your plan and billing details.', 'insufficient_quota'),
    'noBalance',
  ],
  [429, error('余额不足或无可用资源包,请充值。', '1113'), 'noBalance'],
  [429, error('Insufficient balance or no resource package. Please recharge.', 1113), 'noBalance'],
  [429, error('insufficient balance (1008)', undefined, 'insufficient_balance_error'), 'noBalance'],
  [500, '{"type":"error","error":{"type":"api_error","message":"insufficient balance (1008)"}}', 'noBalance'],
  [400, error('Access denied, please make sure your account is in good standing.', 'Arrearage'), 'noBalance'],
  [403, error('The free tier of the model has been exhausted.', 'AllocationQuota.FreeTierOnly'), 'noBalance'],
  [429, error('Free allocated quota exceeded.', 'Throttling.AllocationQuota'), 'noBalance'],
  [400, error('The prepaid bill is overdue.', 'PrepaidBillOverdue'), 'noBalance'],
  [403, error('The request failed because your account has an overdue balance.', 'AccountOverdueError'), 'noBalance'],
  [403, '{"code":30001,"message":"Sorry, your account balance is insufficient","data":null}', 'noBalance'],
  [403, error('Key limit exceeded (total limit). Manage it in the settings.'), 'noBalance'],
  [
    429,
    error(
      'Your account is suspended, please check your plan and billing details',
      undefined,
      'exceeded_current_quota_error',
    ),
    'noBalance',
  ],
  [
    429,
    '{"code":"Some resource has been exhausted","error":"Your team has either used all available credits or reached its monthly spending limit."}',
    'noBalance',
  ],
  [
    400,
    error('Budget has been exceeded! Current cost: 10.51, Max budget: 10.0', '400', 'budget_exceeded'),
    'noBalance',
  ],
  [403, error('用户额度不足, 剩余额度: 0', 'insufficient_user_quota', 'new_api_error'), 'noBalance'],
  [401, error('该令牌额度已用尽', undefined, 'new_api_error'), 'noBalance'],
  [429, error('Quota exceeded for metric: free_tier_requests, limit: 0, model: x'), 'noBalance'],
  [429, error('您的 GLM Coding Plan 套餐已到期', '1309'), 'noBalance'],
];

const NOT_YOURS: readonly Row[] = [
  [403, error('No.'), 'notYours'],
  [403, error('Access denied.', 'AccessDenied'), 'notYours'],
  [403, error('Country, region, or territory not supported', 'unsupported_country_region_territory'), 'notYours'],
  [403, error('无权访问该资源'), 'notYours'],
  [403, error('Model access denied.', 'Model.AccessDenied'), 'deniedModel'],
  [403, error('Project `p` does not have access to model `gpt-5`', 'model_not_found'), 'deniedModel'],
  [
    401,
    error('key not allowed to access model. This key can only access models=[x]', '401', 'key_model_access_denied'),
    'deniedModel',
  ],
  [429, error('当前订阅套餐暂未开放 GLM-5 权限', '1311'), 'deniedModel'],
  [400, error('Your organization must be verified to stream this model.', 'unsupported_value'), 'deniedModel'],
  [404, error('Your account 2100 has not activated the model doubao.', 'ModelNotOpen'), 'deniedModel'],
  [404, error('No endpoints found matching your data policy (Paid model training).', 404), 'dataPolicy'],
  [404, error('No endpoints available matching your guardrail restrictions and data policy.', 404), 'dataPolicy'],
  [401, error('Incorrect API key provided. You can find yours in the billing page.', 'invalid_api_key'), undefined],
];

const OF_THE_REQUEST: readonly Row[] = [
  [404, error('The model `x` does not exist or you do not have access to it.', 'model_not_found'), 'unknownModel'],
  [404, error('model "x" not found, try pulling it first'), 'unknownModel'],
  [404, error('No endpoints found for nousresearch/hermes-3.', 404), 'unknownModel'],
  [400, error('Model Not Exist', 'invalid_request_error'), 'unknownModel'],
  [400, error('模型不存在，请检查模型代码。', '1211'), 'unknownModel'],
  [400, '{"code":20012,"message":"Model does not exist. Please check it carefully.","data":null}', 'unknownModel'],
  [400, error('x is not a valid model ID', 400), 'unknownModel'],
  [
    400,
    error('The model `x` has been decommissioned and is no longer supported.', 'model_decommissioned'),
    'unknownModel',
  ],
  [404, error('The API deployment for this resource does not exist.', 'DeploymentNotFound'), 'unknownModel'],
  [503, error('当前分组 default 下对于模型 x 无可用渠道', 'model_not_found', 'new_api_error'), 'unknownModel'],
  [404, error('No endpoints found that support tool use.', 404), 'unsupported'],
  [404, error("No endpoints found that support the provided 'tool_choice' value.", 404), 'unsupported'],
  [404, error('No endpoints found that support image input', 404), 'unsupported'],
  [400, error('registry.ollama.ai/library/gemma:2b does not support tools'), 'unsupported'],
  [
    400,
    error('"auto" tool choice requires --enable-auto-tool-choice and --tool-call-parser to be set', 400),
    'unsupported',
  ],
  [
    400,
    error(
      "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
      'unsupported_parameter',
    ),
    'unsupported',
  ],
  [
    400,
    error('invalid temperature: only 1 is allowed for this model', undefined, 'invalid_request_error'),
    'unsupported',
  ],
  [
    422,
    '{"detail":[{"type":"extra_forbidden","loc":["body","stream_options"],"msg":"Extra inputs are not permitted"}]}',
    'unsupported',
  ],
  [400, error('Unrecognized request argument supplied: parallel_tool_calls'), 'unsupported'],
  [
    400,
    error(
      '<400> InternalError.Algo.InvalidParameter: Range of max_tokens should be [1, 8192]',
      'invalid_parameter_error',
    ),
    'unsupported',
  ],
  [
    429,
    error('Request too large for gpt-4o on tokens per min (TPM): Limit 30000, Requested 31538.', 'rate_limit_exceeded'),
    undefined,
  ],
  [
    413,
    error('Request too large for model `x` on tokens per day (TPD): Limit 6000, Requested 9000', 'rate_limit_exceeded'),
    undefined,
  ],
  [429, error('The input or output tokens must be reduced in order to run successfully.'), undefined],
  [403, error('Your chosen model requires moderation and your input was flagged', 403), undefined],
  [403, error('输入内容可能包含敏感信息'), undefined],
  [404, 'The deployment could not be found on Vercel.\n\nDEPLOYMENT_NOT_FOUND', undefined],
  [404, error('Not found'), undefined],
  [400, error('The prompt is too long.'), undefined],
  [500, error('Internal error.'), undefined],
  [502, '<html><title>502 Bad Gateway</title></html>', undefined],
  [403, '<!doctype html><title>Just a moment...</title>', 'page'],
  [404, '<html><title>404 Not Found</title></html>', undefined],
  [503, '<html><title>503</title></html>', undefined],
];

describe('a refusal', () => {
  for (const [status, body, reason, wait] of [TOO_FAST, WINDOWS, NO_BALANCE, NOT_YOURS, OF_THE_REQUEST].flat()) {
    it(`of ${status} ${body.slice(0, 120)} is ${reason}${wait === undefined ? '' : ` for ${wait} s`}`, () => {
      const refusal = statusError({ host: HOST, status, text: body });

      assert.equal(refusal.reason, reason);
      if (wait !== undefined) assert.ok(Math.abs((refusal.details.retryAfterSeconds ?? 0) - wait) <= 1);
    });
  }

  it('waits as long as the latest of its times says', () => {
    const soon = statusError({ host: HOST, status: 429, text: error('Try again in 20s.'), retryAfterSeconds: 60 });
    const late = statusError({ host: HOST, status: 429, text: error('Try again in 90s.'), retryAfterSeconds: 60 });

    assert.deepEqual([soon.details.retryAfterSeconds, late.details.retryAfterSeconds], [60, 90]);
  });

  it('of the week goes on at Monday in China, be it at the latest', () => {
    const { resumesAt = 0 } = statusError({
      host: HOST,
      status: 429,
      text: error('week allocated quota exceeded'),
    }).details;

    assert.match(new Date(resumesAt + 8 * HOUR * 1000).toUTCString(), /^Mon, .* 00:00:0[01] GMT$/);
    assert.ok(resumesAt - Date.now() <= 7 * 24 * HOUR * 1000 + 1000);
  });

  it('says when it goes on only where that is an hour away', () => {
    const details = (wait: number) =>
      statusError({ host: HOST, status: 429, text: '', retryAfterSeconds: wait }).details;

    assert.equal(details(HOUR - 1).resumesAt, undefined);
    assert.ok(Math.abs((details(HOUR).resumesAt ?? 0) - Date.now() - HOUR * 1000) < 1000);
  });

  it('has no secrets and nothing invisible in its words', () => {
    const key = new Secret('an-odd-key-of-no-shape');
    const text = error('Wrong key: an-odd-key-of-no-shape\n\u200b(sk-0123456789)', 'an-odd-key-of-no-shape');

    const { details } = statusError({ host: HOST, status: 401, text }, key);
    assert.deepEqual(details, { status: 401, code: '[redacted]', text: 'Wrong key: [redacted] ([redacted])' });
  });

  for (const [what, between] of [
    ['what UTF-16 leaves', '\0'],
    ['what UTF-32 leaves', '\0\0\0'],
    ['a blank of no width', '\u200b'],
    ['a soft hyphen', '\u00ad'],
    ['what chooses the form of a letter', '\ufe0f'],
    ['a letter that nobody sees', '\u3164'],
  ] as const) {
    it(`has no secret in its words, with ${what} between its letters`, () => {
      const key = 'an-odd-key-of-no-shape';
      const text = Array.from(`Wrong key: ${key}`).join(between);

      assert.equal(serverWords(text, new Secret(key)), 'Wrong key: [redacted]');
    });
  }

  it('has words that come to an end', () => {
    assert.equal(serverWords('x'.repeat(10_000)).length, 500);
  });

  it('has words in one line, in which empty lines take no room', () => {
    assert.equal(serverWords(`It${'\r\n'.repeat(600)}broke.\u2028`), 'It broke.');
  });
});

describe('an error within an answer', () => {
  for (const [body, failure, status, reason] of [
    [{ error: { code: 429, message: 'Slow.' } }, 'status', 429, 'tooFast'],
    [{ code: 'insufficient_quota', message: 'No quota.' }, 'status', 429, 'noBalance'],
    [
      { error: { code: 'model_not_found', type: 'invalid_request_error', message: 'No.' } },
      'status',
      404,
      'unknownModel',
    ],
    [{ error: { type: 'invalid_request_error', message: 'Too long.' } }, 'status', 400, undefined],
    [{ error: { type: 'authentication_error', message: 'No.' } }, 'status', 401, undefined],
    [{ error: { code: 'server_error', message: 'It broke.' } }, 'status', 500, undefined],
    [{ object: 'error', code: 400, message: 'Too long.' }, 'status', 400, undefined],
    [{ error: { code: '1113', message: '余额不足' } }, 'status', undefined, 'noBalance'],
    [{ error: 'It broke.' }, 'unusable', undefined, undefined],
    [{ error: 'Unexpected endpoint or method. (POST /chat/completions)' }, 'unreadable', undefined, undefined],
    [{ base_resp: { status_code: 2049, status_msg: 'invalid api key' } }, 'status', 401, undefined],
    [{ base_resp: { status_code: 1004, status_msg: 'login fail: Please carry the key' } }, 'status', 401, undefined],
    [{ error_code: 110, error_msg: 'Access token invalid or no longer valid' }, 'status', 401, undefined],
    [{ success: false, message: '无效的令牌' }, 'status', 401, undefined],
    ['data: {"error":{"message":"Rate limit exceeded"}}', 'status', undefined, 'tooFast'],
  ] as const) {
    it(`is what it would have been with its status: ${JSON.stringify(body)}`, () => {
      const found = errorWithin(HOST, body);

      assert.deepEqual([found.failure, found.details.status, found.reason], [failure, status, reason]);
      assert.ok(found.details.text);
    });
  }
});
