import { refused, type Cases } from './case';

/** Answers that say no with their status: what servers say, in which form, and why. */
export const refusals: Cases = {
  '404-address': { says: [refused({ status: 404, text: 'Not Found' })] },
  '404-data-policy': {
    says: [
      refused(
        {
          status: 404,
          text: 'No endpoints found matching your data policy (Paid model training). Configure: https://openrouter.ai/settings/privacy',
        },
        'dataPolicy',
      ),
    ],
  },
  '404-endpoints': {
    says: [refused({ status: 404, text: 'No endpoints found for nousresearch/hermes-3.' }, 'unknownModel')],
  },
  '404-guardrails': {
    says: [
      refused(
        {
          status: 404,
          text: 'No endpoints available matching your guardrail restrictions and data policy. Configure: https://openrouter.ai/settings/privacy',
        },
        'dataPolicy',
      ),
    ],
  },
  '404-model': {
    says: [
      refused(
        {
          status: 404,
          code: 'model_not_found',
          type: 'invalid_request_error',
          text: 'The model `x` does not exist or you do not have access to it.',
        },
        'unknownModel',
      ),
    ],
  },
  '404-model-chinese': {
    says: [
      refused(
        {
          status: 503,
          code: 'model_not_found',
          type: 'new_api_error',
          text: '当前分组 default 下对于模型 x 无可用渠道 (request id: 2026)',
        },
        'unknownModel',
      ),
    ],
  },
  '404-model-ollama': {
    says: [
      refused({ status: 404, code: 'api_error', text: 'model "x" not found, try pulling it first' }, 'unknownModel'),
    ],
  },
  '404-page': { says: [refused({ status: 404, text: 'Error · Cannot POST /chat/completions', page: true })] },
  '405-method': { says: [refused({ status: 405, text: 'Method Not Allowed' })] },
  'form-code-alone': { says: [refused({ status: 400, code: 'context_length_exceeded' })] },
  'form-code-as-number': { says: [refused({ status: 400, code: '11210', text: 'The input is too long.' })] },
  'form-detail-list': {
    says: [
      refused({
        status: 422,
        code: 'missing',
        param: 'content',
        text: 'messages.0.content: Field required; messages.1.role: Input should be a valid string',
      }),
    ],
  },
  'form-detail-object': { says: [refused({ status: 400, text: 'No such prompt' })] },
  'form-detail-text': { says: [refused({ status: 400, text: 'The prompt is empty' })] },
  'form-endless': { says: [refused({ status: 400, text: 'x'.repeat(500) })] },
  'form-error-message': { says: [refused({ status: 400, code: 'invalid_request_error', text: 'Bad value.' })] },
  'form-error-text': { says: [refused({ status: 400, text: 'the prompt is empty' })] },
  'form-errors-list': {
    says: [refused({ status: 400, code: '7003', text: 'Could not route to it.; No route for that URI.' })],
  },
  'form-errors-object': { says: [refused({ status: 400, text: 'The messages are empty.' })] },
  'form-event': { says: [refused({ status: 400, code: 'InvalidParameter', text: 'The messages are empty.' })] },
  'form-google-details': {
    says: [
      refused({
        status: 400,
        code: 'API_KEY_INVALID',
        type: 'INVALID_ARGUMENT',
        text: 'API key not valid. Please pass a valid API key.',
      }),
    ],
  },
  'form-html': { says: [refused({ status: 502, text: '502 Bad Gateway', page: true })] },
  'form-html-in-json': { says: [refused({ status: 500, code: 'new_api_error', text: '504 Gateway Time-out' })] },
  'form-html-of-a-firewall': {
    says: [
      refused(
        { status: 403, text: 'Attention Required! | Cloudflare · Sorry, you have been blocked', page: true },
        'page',
      ),
    ],
  },
  'form-json-in-message': {
    says: [refused({ status: 500, code: 'api_error', text: 'litellm.InternalServerError: Engine died' })],
  },
  'form-list-around': {
    says: [refused({ status: 400, code: 'INVALID_ARGUMENT', text: 'Request contains an invalid argument.' })],
  },
  'form-many-lines': { says: [refused({ status: 400, text: 'Invalid. The first line. The second.' })] },
  'form-message': { says: [refused({ status: 400, code: 'InvalidParameter', text: 'The messages are empty.' })] },
  'form-message-detail': {
    says: [refused({ status: 422, code: 'missing', param: 'messages', text: 'messages: Field required' })],
  },
  'form-msg': { says: [refused({ status: 400, code: '20015', text: 'The parameter is invalid.' })] },
  'form-nothing': { says: [refused({ status: 500 })] },
  'form-plain-text': {
    says: [
      refused({
        status: 502,
        text: 'upstream connect error or disconnect/reset before headers. reset reason: connection failure',
      }),
    ],
  },
  'form-problem': { says: [refused({ status: 400, code: 'urn:kong:error', text: 'The prompt is empty.' })] },
  'form-raw-json': {
    says: [
      refused({ status: 400, code: 'bad_prompt', type: 'invalid_request_error', text: 'The prompt has no words.' }),
    ],
  },
  'form-raw-object': {
    says: [refused({ status: 400, param: 'top_k', text: 'top_k: Input should be a number' }, 'unsupported')],
  },
  'form-raw-text': {
    says: [refused({ status: 429, text: 'x is temporarily rate-limited upstream. Please retry shortly.' }, 'tooFast')],
  },
  'form-xml': { says: [refused({ status: 403, text: 'AccessDenied Access Denied', page: true }, 'page')] },
  'no-balance-chinese': {
    says: [refused({ status: 429, code: '1113', text: '余额不足或无可用资源包,请充值。' }, 'noBalance')],
  },
  'no-balance-dashscope': {
    says: [
      refused(
        {
          status: 400,
          code: 'Arrearage',
          text: 'Access denied, please make sure your account is in good standing. For details, see: https://help.aliyun.com/zh/model-studio/error-code#overdue-payment',
        },
        'noBalance',
      ),
    ],
  },
  'no-balance-deepseek': {
    says: [
      refused(
        { status: 402, code: 'invalid_request_error', type: 'unknown_error', text: 'Insufficient Balance' },
        'noBalance',
      ),
    ],
  },
  'no-balance-litellm': {
    says: [
      refused(
        {
          status: 400,
          code: 'budget_exceeded',
          text: 'Budget has been exceeded! Current cost: 10.51, Max budget: 10.0',
        },
        'noBalance',
      ),
    ],
  },
  'no-balance-minimax': {
    says: [refused({ status: 500, code: 'api_error', text: 'insufficient balance (1008)' }, 'noBalance')],
  },
  'no-balance-of-a-key': {
    says: [
      refused(
        { status: 401, code: 'new_api_error', text: '该令牌额度已用尽 !token.UnlimitedQuota && token.RemainQuota = 0' },
        'noBalance',
      ),
    ],
  },
  'no-balance-of-a-user': {
    says: [
      refused(
        {
          status: 403,
          code: 'insufficient_user_quota',
          type: 'new_api_error',
          text: '用户额度不足, 剩余额度: ＄0.000000 (request id: 2026)',
        },
        'noBalance',
      ),
    ],
  },
  'no-balance-of-the-free-tier': {
    says: [
      refused(
        {
          status: 403,
          code: 'AllocationQuota.FreeTierOnly',
          text: 'The free tier of the model has been exhausted. If you wish to continue access the model on a paid basis, please disable the "use free tier only" mode in the management console.',
        },
        'noBalance',
      ),
    ],
  },
  'no-balance-openai': {
    says: [
      refused(
        {
          status: 429,
          code: 'insufficient_quota',
          text: 'You exceeded your current quota, please check your plan and billing details. For more information on this error, read the docs.',
        },
        'noBalance',
      ),
    ],
  },
  'no-balance-openrouter': {
    says: [
      refused(
        {
          status: 402,
          text: 'This request requires more credits, or fewer max_tokens. You requested up to 65536 tokens, but can only afford 1221.',
        },
        'noBalance',
      ),
    ],
  },
  'no-balance-siliconflow': {
    says: [refused({ status: 403, code: '30001', text: 'Sorry, your account balance is insufficient' }, 'noBalance')],
  },
  forbidden: { says: [refused({ status: 403, code: 'AccessDenied', text: 'Access denied.' }, 'notYours')] },
  'forbidden-chinese': { says: [refused({ status: 403, code: 'Forbidden', text: '无权访问该资源' }, 'notYours')] },
  'forbidden-country': {
    says: [
      refused(
        {
          status: 403,
          code: 'unsupported_country_region_territory',
          type: 'request_forbidden',
          text: 'Country, region, or territory not supported',
        },
        'notYours',
      ),
    ],
  },
  'forbidden-model': {
    says: [
      refused(
        {
          status: 403,
          code: 'model_not_found',
          type: 'invalid_request_error',
          text: 'Project `p` does not have access to model `gpt-5`',
        },
        'deniedModel',
      ),
    ],
  },
  'forbidden-plan': {
    says: [refused({ status: 429, code: '1311', text: '当前订阅套餐暂未开放 GLM-5 权限' }, 'deniedModel')],
  },
  'overloaded-anthropic': {
    says: [refused({ status: 529, code: 'overloaded_error', text: 'Overloaded' }, 'overloaded')],
  },
  'overloaded-chinese': {
    says: [refused({ status: 429, code: '1305', text: '该模型当前访问量过大，请您稍后再试' }, 'overloaded')],
  },
  'overloaded-new-api': {
    says: [
      refused(
        { status: 429, code: 'new_api_error', text: '当前分组上游负载已饱和，请稍后再试 (request id: 2026)' },
        'overloaded',
      ),
    ],
  },
  'too-fast-chinese': {
    says: [
      refused(
        { status: 429, code: '1302', text: '您当前使用该API的并发数过高，请降低并发，或联系客服增加限额。' },
        'tooFast',
      ),
    ],
  },
  'too-fast-dashscope': {
    says: [
      refused(
        {
          status: 429,
          code: 'limit_requests',
          text: 'You exceeded your current requests list. For details, see: https://help.aliyun.com/zh/model-studio/error-code#rate-limit',
        },
        'tooFast',
      ),
    ],
  },
  'too-fast-gemini': {
    says: [
      refused(
        {
          status: 429,
          code: 'GenerateRequestsPerMinutePerProjectPerModel-FreeTier',
          type: 'RESOURCE_EXHAUSTED',
          text: 'You exceeded your current quota, please check your plan and billing details. Please retry in 34.07s.',
          retryAfterSeconds: 35,
        },
        'tooFast',
      ),
    ],
  },
  'too-fast-header': {
    says: [
      refused(
        {
          status: 429,
          code: 'rate_limit_exceeded',
          type: 'requests',
          text: 'Rate limit reached for requests',
          retryAfterSeconds: 7,
        },
        'tooFast',
      ),
    ],
  },
  'too-fast-in-words': {
    says: [
      refused(
        {
          status: 429,
          code: 'rate_limit_exceeded',
          type: 'requests',
          text: 'Rate limit reached for gpt-4o in organization org-x on requests per min (RPM): Limit 3, Used 3, Requested 1. Please try again in 20s. Visit https://platform.openai.com/account/rate-limits to learn more.',
          retryAfterSeconds: 20,
        },
        'tooFast',
      ),
    ],
  },
  'too-fast-moonshot': {
    says: [
      refused(
        {
          status: 429,
          code: 'rate_limit_reached_error',
          text: 'Your account reached max RPM: 3, Please try again after 1 seconds',
          retryAfterSeconds: 1,
        },
        'tooFast',
      ),
    ],
  },
  'too-fast-siliconflow': {
    says: [
      refused(
        { status: 429, code: '50603', text: 'Request was rejected due to rate limiting. Details: TPM limit reached.' },
        'tooFast',
      ),
    ],
  },
  'window-chinese': {
    says: [
      refused(
        { status: 429, code: '1308', text: '已达到 5 小时的使用上限。您的限额将在 2999-01-01 00:35:41 重置。' },
        'windowUsedUp',
      ),
    ],
  },
  'window-kimi': {
    says: [
      refused(
        {
          status: 403,
          code: 'access_terminated_error',
          text: "You've reached your weekly (7-day) usage limit. Purchase extra usage.",
        },
        'windowUsedUp',
      ),
    ],
  },
  'window-minimax': {
    says: [
      refused(
        {
          status: 429,
          code: 'rate_limit_error',
          text: 'usage limit exceeded, 5-hour usage limit reached for Token Plan (0/0 used) (2056)',
        },
        'windowUsedUp',
      ),
    ],
  },
  'window-modelscope': {
    says: [
      refused(
        { status: 429, text: "You have exceeded today's quota for model Qwen/Qwen3, please try again tomorrow" },
        'windowUsedUp',
      ),
    ],
  },
  'window-of-a-month': {
    says: [
      refused(
        {
          status: 429,
          code: 'Throttling.AllocationQuota',
          type: 'invalid_request_error',
          text: 'month allocated quota exceeded.',
        },
        'windowUsedUp',
      ),
    ],
  },
  'window-of-hours': {
    says: [
      refused(
        { status: 429, code: 'insufficient_quota', text: 'hour allocated quota exceeded', resumes: true },
        'windowUsedUp',
      ),
    ],
  },
  'window-openrouter': {
    says: [
      refused(
        {
          status: 429,
          text: 'Rate limit exceeded: free-models-per-day. Add 10 credits to unlock 1000 free model requests per day',
          resumes: true,
        },
        'windowUsedUp',
      ),
    ],
  },
  'wrong-key': {
    says: [
      refused({
        status: 401,
        code: 'invalid_api_key',
        type: 'invalid_request_error',
        text: 'Incorrect API key provided: [redacted]. You can find your API key at https://platform.openai.com/account/api-keys.',
      }),
    ],
  },
  'wrong-key-chinese': { says: [refused({ status: 401, code: '1000', text: '身份验证失败。' })] },
};
