import assert from 'node:assert/strict';

import { readRefusal, type Refusal } from '../../../src/core/base/refusal';
import { processorMs } from '../../processorTime';

const NOW = Date.parse('2026-11-20T10:00:00Z');

/** A body as it came, and what it says. */
type Row = readonly [string, unknown, Refusal];

const ROWS: readonly Row[] = [
  [
    "OpenAI's error",
    {
      error: { message: 'Bad value.', type: 'invalid_request_error', param: 'temperature', code: 'unsupported_value' },
    },
    { text: 'Bad value.', type: 'invalid_request_error', param: 'temperature', code: 'unsupported_value' },
  ],
  [
    'a code that is only the status again',
    { error: { message: 'User not found.', code: 401 } },
    { text: 'User not found.', status: 401 },
  ],
  [
    "a number of the server's own",
    { error: { code: '1113', message: '余额不足或无可用资源包,请充值。' } },
    { text: '余额不足或无可用资源包,请充值。', code: '1113' },
  ],
  ['an error that is a text', { error: 'model "x" not found' }, { text: 'model "x" not found' }],
  [
    'a message beside the name of its status',
    { statusCode: 400, error: 'Bad Request', message: 'Too long.' },
    { text: 'Too long.', status: 400 },
  ],
  [
    'a code beside its description',
    { error: 'invalid_token', error_description: 'The token has expired.' },
    { text: 'The token has expired.', code: 'invalid_token' },
  ],
  [
    "DashScope's own form",
    { code: 'InvalidApiKey', message: 'Invalid API-key provided.', request_id: 'fa-1' },
    { text: 'Invalid API-key provided.', code: 'InvalidApiKey' },
  ],
  [
    "ModelScope's errors, which are one",
    { errors: { message: 'Request limit exceeded.' }, request_id: 'x' },
    { text: 'Request limit exceeded.' },
  ],
  [
    "vLLM's older form",
    { object: 'error', message: 'It is too long.', type: 'BadRequestError', param: null, code: 400 },
    { text: 'It is too long.', type: 'BadRequestError', status: 400 },
  ],
  ['a detail', { detail: 'Not authenticated' }, { text: 'Not authenticated' }],
  [
    'a list of details, each with its place',
    { detail: [{ type: 'extra_forbidden', loc: ['body', 'stream_options'], msg: 'Extra inputs are not permitted' }] },
    { text: 'stream_options: Extra inputs are not permitted', type: 'extra_forbidden', param: 'stream_options' },
  ],
  [
    'the place of a detail within a list',
    { detail: [{ loc: ['body', 'messages', 1, 'content'], msg: 'str type expected' }] },
    { text: 'messages.1.content: str type expected', param: 'content' },
  ],
  ['a detail that is an object', { detail: { error: 'No such deployment' } }, { text: 'No such deployment' }],
  [
    "Mistral's detail within the message",
    { object: 'error', message: { detail: [{ type: 'missing', loc: ['body', 'model'], msg: 'Field required' }] } },
    { text: 'model: Field required', type: 'missing', param: 'model' },
  ],
  [
    'a problem of RFC 9457',
    { type: 'urn:kong:error', title: 'Not Found', status: 404, detail: "Function 'f': Not found for account 'a'" },
    { text: "Function 'f': Not found for account 'a'", type: 'urn:kong:error', status: 404 },
  ],
  [
    "Cloudflare's list of errors",
    { success: false, errors: [{ code: 7003, message: 'No route for that URI' }], messages: [], result: null },
    { text: 'No route for that URI', code: '7003' },
  ],
  ['a list of texts', { errors: ['The first.', 'The second.'] }, { text: 'The first.; The second.' }],
  [
    'a message of an envelope',
    { code: 500, msg: '404 NOT_FOUND', success: false },
    { text: '404 NOT_FOUND', status: 500 },
  ],
  [
    'an envelope within which it lies',
    { base_resp: { status_code: 1008, status_msg: 'insufficient balance' } },
    { text: 'insufficient balance', code: '1008' },
  ],
  [
    "Anthropic's envelope",
    { type: 'error', error: { type: 'api_error', message: 'insufficient balance (1008)' }, request_id: 'r' },
    { text: 'insufficient balance (1008)', type: 'api_error' },
  ],
  [
    'names with capitals',
    { Response: { Error: { Code: 'AuthFailure', Message: 'Wrong signature.' }, RequestId: 'r' } },
    { text: 'Wrong signature.', code: 'AuthFailure' },
  ],
  ['names of one word', { errorCode: 'E_LIMIT', errorMessage: 'Too much.' }, { text: 'Too much.', code: 'E_LIMIT' }],
  [
    "Baidu's names",
    { error_code: 17_000, error_msg: 'Daily limit reached' },
    { text: 'Daily limit reached', code: '17000' },
  ],
  [
    "Grok's code, which is a sentence",
    { code: 'The caller may not do this', error: 'The key is blocked.' },
    { text: 'The key is blocked.' },
  ],
  [
    "Gemini's list, with its delay and which quota it is",
    [
      {
        error: {
          code: 429,
          message: 'You exceeded your current quota.\nPlease retry in 34.07s.',
          status: 'RESOURCE_EXHAUSTED',
          details: [
            { '@type': 'QuotaFailure', violations: [{ quotaId: 'GenerateRequestsPerMinute' }] },
            { '@type': 'RetryInfo', retryDelay: '34s' },
          ],
        },
      },
    ],
    {
      text: 'You exceeded your current quota.\nPlease retry in 34.07s.',
      type: 'RESOURCE_EXHAUSTED',
      code: 'GenerateRequestsPerMinute',
      status: 429,
      resumesAt: NOW + 34_000,
    },
  ],
  [
    "the provider's words behind OpenRouter's",
    {
      error: {
        message: 'Provider returned error',
        code: 429,
        metadata: { raw: 'x is rate-limited upstream.', provider_name: 'P' },
      },
    },
    { text: 'x is rate-limited upstream.', status: 429 },
  ],
  [
    "the provider's JSON behind OpenRouter's",
    {
      error: {
        message: 'Provider returned error',
        code: 400,
        metadata: { raw: '{"error":{"message":"At most 1 image.","type":"invalid_request_error"}}' },
      },
    },
    { text: 'At most 1 image.', type: 'invalid_request_error', status: 400 },
  ],
  [
    "the provider's list behind OpenRouter's",
    {
      error: {
        message: 'Provider returned error',
        code: 422,
        metadata: { raw: '{"detail":[{"loc":["body","top_k"],"msg":"Input should be a number"}]}' },
      },
    },
    { text: 'top_k: Input should be a number', param: 'top_k', status: 422 },
  ],
  [
    'when a limit is reset, beside the error',
    {
      error: {
        message: 'Rate limit exceeded: free-models-per-day',
        code: 429,
        metadata: { headers: { 'X-RateLimit-Reset': `${NOW + 5000}` } },
      },
    },
    { text: 'Rate limit exceeded: free-models-per-day', status: 429, resumesAt: NOW + 5000 },
  ],
  [
    'JSON in the message',
    { error: { message: '{"error":{"message":"Overloaded","type":"overloaded_error"}}', code: 503 } },
    { text: 'Overloaded', type: 'overloaded_error', status: 503 },
  ],
  [
    'JSON behind words in the message',
    { error: { message: 'Error from provider: {"errors":{"message":"Request limit exceeded."}}', type: 'api_error' } },
    { text: 'Error from provider: Request limit exceeded.', type: 'api_error' },
  ],
  [
    'a page in the message',
    { error: { message: '<html><head><title>502 Bad Gateway</title></head></html>' } },
    { text: '502 Bad Gateway' },
  ],
  ['an error within an error', { error: { error: { message: 'Deep.' } } }, { text: 'Deep.' }],
  ['an error that is only a sign', { error: true, message: 'No.' }, { text: 'No.' }],
  ['nothing but a code', { error: { code: 'model_not_found' } }, { code: 'model_not_found' }],
  ['a sentence under a name that nobody knows', { oops: { id: 'x', because: 'It broke.' } }, { text: 'It broke.' }],
  ['a word under such a name, which may be a secret', { access_token: 'x-1' }, {}],
  ['a JSON text', '"Invalid token"', { text: 'Invalid token' }],
  ['JSON with the mistakes of servers', '{"error":{"message":"No\tmore\nof it",}}', { text: 'No\tmore\nof it' }],
  ['plain text', '  upstream connect error\n', { text: 'upstream connect error' }],
  ['words that are no words', { error: { message: 'null', code: 'None' }, detail: 'Gone' }, { text: 'Gone' }],
  ['an empty body', '', {}],
  ['an empty object', '{}', {}],
  [
    'an event of a stream',
    'id:1\nevent:error\n:HTTP_STATUS/400\ndata:{"code":"InvalidParameter","message":"Range of max_tokens is [1, 8192]"}\n\n',
    { text: 'Range of max_tokens is [1, 8192]', code: 'InvalidParameter' },
  ],
  [
    'a page',
    '<html>\r\n<head><title>413 Request Entity Too Large</title></head><body><center><h1>413 Request Entity Too Large</h1></center><hr>nginx</body></html>',
    { text: '413 Request Entity Too Large', page: true },
  ],
  [
    'a page with a heading of its own',
    '<!DOCTYPE html><html lang="en"><title>Attention Required! | Cloudflare</title><h1 data-t="x">Sorry, you&apos;ve been <b>blocked</b></h1>',
    { text: "Attention Required! | Cloudflare · Sorry, you've been blocked", page: true },
  ],
  [
    'a page of Express, whose title is a word',
    '<!DOCTYPE html>\n<html lang="en">\n<head>\n<title>Error</title>\n</head>\n<body>\n<pre>Cannot POST /chat</pre>\n</body></html>',
    { text: 'Error · Cannot POST /chat', page: true },
  ],
  [
    'a page whose script is cut off',
    '<html><title>ngrok</title><noscript>The endpoint is offline.</noscript><script>let a = 1;',
    { text: 'ngrok · The endpoint is offline.', page: true },
  ],
  ['a page without either', '<html><style>p{}</style><p>Go away.</p></html>', { text: 'Go away.', page: true }],
  [
    'a document of XML',
    '<?xml version="1.0"?><Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>',
    { text: 'AccessDenied Access Denied', page: true },
  ],
];

describe('the body of a refusal', () => {
  for (const [what, body, refusal] of ROWS) {
    it(`is read from ${what}`, () => {
      assert.deepEqual(readRefusal(body, NOW), refusal);
    });
  }

  it('is read from its text as from its JSON', () => {
    for (const [, body, refusal] of ROWS)
      if (typeof body !== 'string') assert.deepEqual(readRefusal(JSON.stringify(body), NOW), refusal);
  });

  it('is read when it nests without end', () => {
    const depth = 5000;
    const body = `${'{"error":'.repeat(depth)}"x"${'}'.repeat(depth)}`;

    assert.deepEqual(readRefusal(body, NOW), {});
  });

  it('is read quickly when it is meant to take long', () => {
    const start = processorMs();
    for (const piece of ['<script ', '{"a":[', 'data: {', '[{', 'again in 9', '( "'])
      readRefusal(piece.repeat(100_000), NOW);
    for (const piece of ['<script ', '<h1 ', '<']) readRefusal(`<html>${piece.repeat(100_000)}`, NOW);

    assert.ok(processorMs() - start < 2000);
  });
});
