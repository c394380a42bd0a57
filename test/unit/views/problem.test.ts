import assert from 'node:assert/strict';

import { RecordsClosed } from '../../../src/core/credentials/accountStore';
import {
  Cancelled,
  ConfigurationError,
  OAuthError,
  RequestError,
  type RequestFailure,
  SignInRequired,
} from '../../../src/core/base/errors';
import { inRole } from '../../../src/core/oauth/endpoint';
import { choicesOf, problemOf, problemText } from '../../../src/core/views/problem';
import type { Occasion } from '../../../src/core/views/action';

const TEST: Occasion = { during: 'test' };
const PLAN: Occasion = { during: 'signIn', method: 'coding-plan' };
const OAUTH: Occasion = { during: 'signIn', method: 'qwen-oauth' };
const KEY: Occasion = { during: 'signIn', method: 'api-key' };
const HOST = 'api.example.com';

const status = (code: number, details: RequestError['details'] = {}) =>
  new RequestError(HOST, 'status', { status: code, ...details });
const failure = (kind: RequestFailure) => new RequestError(HOST, kind);
const oauth = (error: string, host = HOST, description?: string) => new OAuthError(error, host, 400, description);

/** Buttons, each with what it does. */
const OAUTH_AGAIN = 'Try again: signIn qwen-oauth';
const PLAN_AGAIN = 'Try again: showMethod coding-plan';
const KEY_AGAIN = 'Try again: showMethod api-key';
const TEST_AGAIN = 'Try again: testConnection';
const SWITCH = 'Switch model: chooseModel';
const SIGN_IN_AGAIN = 'Sign in again: signIn qwen-oauth';
const OTHER_MODEL = 'Enter another model: enterModel';
const OTHER_KEY = 'Enter another key: showMethod api-key';
const USE_PLAN = 'Use Coding Plan: showMethod coding-plan';

const FOREIGN_KEY = {
  reason: 'foreignKey',
  method: 'api-key',
  here: 'DeepSeek',
  there: 'OpenRouter',
  otherProvider: 'openrouter',
} as const;
const THERE = { otherProvider: 'coding-plan', otherRegion: 'international' };
const PLAN_KEY = { method: 'coding-plan', provider: 'coding-plan', host: HOST, keyLast4: 'abcd' } as const;

/** An error, when it happened, what a person reads of it, and the button. */
type Row = readonly [unknown, Occasion, RegExp, string?];

describe('problem', () => {
  const rows: readonly Row[] = [
    [oauth('access_denied'), OAUTH, /^The sign-in was declined at api\.example\.com\.$/, OAUTH_AGAIN],
    [
      oauth('access_denied', HOST, 'User is not assigned to the client application.'),
      OAUTH,
      /^The sign-in was declined at api\.example\.com\. It says: User is not assigned to the client application\.$/,
      OAUTH_AGAIN,
    ],
    [oauth('access_denied'), KEY, /^The sign-in was declined at api\.example\.com\.$/, KEY_AGAIN],
    [oauth('wrong_issuer'), KEY, /did not come from api\.example\.com, so it was not used/, KEY_AGAIN],
    [
      inRole('keyProvider', status(403, { text: 'Invalid code' })),
      KEY,
      /^api\.example\.com refused to make a key \(403\)\. It says: Invalid code\.$/,
      KEY_AGAIN,
    ],
    [
      inRole('keyProvider', status(404)),
      KEY,
      /^api\.example\.com makes no keys in this way \(404\)\. Use one that you have already\.$/,
      'Enter an API key: showMethod api-key key',
    ],
    [oauth('expired_token'), OAUTH, /^The code ran out before it was approved\.$/, 'Get a new code: signIn qwen-oauth'],
    [
      oauth('invalid_client'),
      OAUTH,
      /does not accept this client\. The client id/,
      'Open settings: openSettings qwen.oauth.clientId',
    ],
    [
      oauth('unauthorized_client', HOST, 'No secret was given.'),
      OAUTH,
      /^api\.example\.com does not accept this client\. It says: No secret was given\. The client id .* needs a secret/,
      'Open settings: openSettings qwen.oauth.clientId',
    ],
    [oauth('invalid_scope'), OAUTH, /does not grant these scopes/, 'Open settings: openSettings qwen.oauth.scopes'],
    [oauth('server_error'), OAUTH, /^api\.example\.com refused the sign-in: it has a problem of its own/, OAUTH_AGAIN],
    // What an object has of its own is no error of the protocol.
    [oauth('constructor'), OAUTH, /^api\.example\.com refused the sign-in: constructor\.$/, OAUTH_AGAIN],
    [oauth('new_error'), OAUTH, /^api\.example\.com refused the sign-in: new_error\.$/, OAUTH_AGAIN],
    [oauth('x', HOST, 'Come back.'), OAUTH, /^api\.example\.com refused the sign-in: Come back\.$/, OAUTH_AGAIN],
    [
      oauth('x', 'chat.qwen.ai'),
      OAUTH,
      /: x\. The free tier .* 2026-04-15\. A Coding Plan or an API key works\.$/,
      USE_PLAN,
    ],
    [new SignInRequired({ reason: 'signedOut' }), TEST, /^You are not signed in\.$/, 'Sign in: showMethod api-key'],
    [
      new SignInRequired({ reason: 'noModel' }),
      TEST,
      /^No model is chosen\. The server names none/,
      'Choose a model: chooseModel',
    ],
    [
      new SignInRequired({ reason: 'noKey', host: HOST, envKey: 'MY_KEY' }),
      TEST,
      /^No key is known for api\.example\.com\. .* the variable MY_KEY is not set\.$/,
      'Enter a key: showMethod api-key',
    ],
    [
      new SignInRequired({ reason: 'ended', host: HOST }),
      TEST,
      /^Your sign-in at api\.example\.com has ended\.$/,
      SIGN_IN_AGAIN,
    ],
    [
      new SignInRequired({ reason: 'ended', host: 'chat.qwen.ai' }),
      TEST,
      /has ended\. The free tier .* discontinued/,
      USE_PLAN,
    ],
    [
      new SignInRequired({ reason: 'refused', method: 'qwen-oauth', host: 'portal.qwen.ai' }),
      TEST,
      /signed with your Qwen account \(401\)\. The free tier/,
      USE_PLAN,
    ],
    [
      new SignInRequired({
        reason: 'refused',
        method: 'coding-plan',
        provider: 'coding-plan',
        host: HOST,
        keyLast4: 'abcd',
      }),
      PLAN,
      /refused the Coding Plan key that ends in abcd \(401\)\. .* belongs to another region or plan\.$/,
      'Enter another key: showMethod coding-plan',
    ],
    [
      new SignInRequired({ reason: 'refused', method: 'api-key', provider: 'openai', host: HOST, keyLast4: 'abcd' }),
      TEST,
      /^api\.example\.com refused the OpenAI key that ends in abcd \(401\)\. .* another service\.$/,
      OTHER_KEY,
    ],
    [
      new SignInRequired({ reason: 'refused', method: 'api-key', host: HOST, keyLast4: 'abcd', envKey: 'MY_KEY' }),
      TEST,
      /refused the API key that ends in abcd \(401\)\. The key comes from the environment variable MY_KEY\./,
      OTHER_KEY,
    ],
    [
      new SignInRequired({ reason: 'refused', method: 'api-key', provider: 'custom', host: HOST, keyLast4: '' }),
      TEST,
      /^api\.example\.com refused the key \(401\)\./,
      OTHER_KEY,
    ],
    [
      new SignInRequired({ reason: 'refused', method: 'api-key', provider: 'custom', host: HOST }),
      TEST,
      /^api\.example\.com asks for a key \(401\)\. None was given\./,
      'Enter a key: showMethod api-key',
    ],
    [failure('unknownHost'), PLAN, /api\.example\.com/, PLAN_AGAIN],
    [failure('refused'), TEST, /api\.example\.com/, TEST_AGAIN],
    [
      failure('untrustedCertificate'),
      TEST,
      /certificate of api\.example\.com is not trusted/,
      'Open settings: openSettings http.systemCertificates',
    ],
    [failure('timeout'), OAUTH, /took too long/, OAUTH_AGAIN],
    [failure('cut'), TEST, /^api\.example\.com ended the connection before it had answered\. A firewall/, TEST_AGAIN],
    [
      new RequestError(HOST, 'timeout', { limit: { ms: 900_000, from: 'setting' } }),
      TEST,
      /^api\.example\.com sent nothing for 15 min\. That is the limit that the setting qwen\.request\.timeout sets\.$/,
      'Open settings: openSettings qwen.request.timeout',
    ],
    [
      new RequestError(HOST, 'timeout', { limit: { ms: 60_000, from: 'entry' } }),
      TEST,
      /^api\.example\.com sent nothing for 60 s\. That is the limit of its entry: see "timeout" there\.$/,
      TEST_AGAIN,
    ],
    [
      new RequestError(HOST, 'timeout', { limit: { ms: 1_200_000, from: 'setting', isAlive: true } }),
      TEST,
      /^api\.example\.com sent nothing but signs of life for 20 min\. A longer limit in the setting qwen\.request\.timeout/,
      'Open settings: openSettings qwen.request.timeout',
    ],
    [
      new RequestError(HOST, 'timeout', { limit: { ms: 1_200_000, from: 'entry', isAlive: true } }),
      TEST,
      /^api\.example\.com sent nothing but signs of life for 20 min\. A longer "timeout" in its entry gives it more time\.$/,
      TEST_AGAIN,
    ],
    [failure('network'), TEST, /connection to api\.example\.com failed\. Check the network/, TEST_AGAIN],
    [failure('redirect'), TEST, /sends requests on to another address/, TEST_AGAIN],
    [failure('unreadable'), TEST, /does not answer as .* Check the base URL/, TEST_AGAIN],
    [
      new RequestError('portal.qwen.ai', 'status', { status: 429, text: 'Free allocated quota exceeded.' }),
      TEST,
      /no more free requests \(429\)\. It says: Free .*\. The free tier/,
      USE_PLAN,
    ],
    [
      new SignInRequired({ reason: 'refused', method: 'qwen-oauth', host: 'dashscope.aliyuncs.com' }),
      TEST,
      /^dashscope\.aliyuncs\.com refuses requests signed with your Qwen account \(401\)\. The free tier/,
      USE_PLAN,
    ],
    [
      new SignInRequired({ reason: 'refused', method: 'qwen-oauth', host: HOST }),
      TEST,
      /^api\.example\.com refuses requests signed with your sign-in \(401\)\.$/,
      SIGN_IN_AGAIN,
    ],
    [oauth('temporarily_unavailable', 'chat.qwen.ai'), OAUTH, /it is too busy right now\.$/, OAUTH_AGAIN],
    [new RequestError('chat.qwen.ai', 'status', { status: 429 }), OAUTH, /too many requests/, OAUTH_AGAIN],
    [status(402, { text: 'Pay.' }), TEST, /has no balance or quota left \(402\)\. It says: Pay\.$/, SWITCH],
    [status(400, { code: 'Arrearage', text: 'Access denied' }), TEST, /has no balance or quota left \(400\)/, SWITCH],
    [status(402), PLAN, /^Your account at api\.example\.com has no balance or quota left \(402\)\.$/, PLAN_AGAIN],
    [
      status(429, { code: 'insufficient_quota', text: 'See your billing.' }),
      TEST,
      /no balance or quota left \(429\)/,
      SWITCH,
    ],
    [
      status(429, { text: 'Free allocated quota exceeded.', retryAfterSeconds: 10_000 }),
      TEST,
      /no balance or quota left \(429\)\. It says: Free .*\. It takes requests again in 3 h\.$/,
      SWITCH,
    ],
    [
      status(403, { code: 'AllocationQuota.FreeTierOnly' }),
      TEST,
      /quota left \(403\)\. It says: AllocationQuota\.FreeTierOnly\.$/,
      SWITCH,
    ],
    [status(429), TEST, /too many requests .*\(429\)\. Wait a moment\.$/, TEST_AGAIN],
    [status(429, { retryAfterSeconds: 7 }), TEST, /\(429\)\. It takes requests again in 7 s\.$/, TEST_AGAIN],
    [status(429, { retryAfterSeconds: 0 }), TEST, /\(429\)\. Wait a moment\.$/, TEST_AGAIN],
    [status(429, { retryAfterSeconds: 200 }), TEST, /\(429\)\. It takes requests again in 4 min\.$/, TEST_AGAIN],
    [status(429, { code: 'rate_limit_exceeded', text: 'More at /billing' }), TEST, /too many requests/, TEST_AGAIN],
    [status(429, { code: 'Throttling.AllocationQuota', text: 'quota' }), TEST, /too many requests/, TEST_AGAIN],
    [status(403, { text: 'No.' }), TEST, /does not allow this with your key \(403\)\. It says: No\.$/, TEST_AGAIN],
    [status(404), PLAN, /does not answer as an OpenAI-compatible server does \(404\)\. Check the base URL/, PLAN_AGAIN],
    [status(404, { text: 'Gone.' }), TEST, /no such address \(404\)\. It says: Gone\. Check the base URL/, TEST_AGAIN],
    [
      status(404, { code: 'model_not_found', text: 'The model `x` does not exist.' }),
      TEST,
      /^api\.example\.com does not have this model \(404\)\. It says: The model `x` does not exist\.$/,
      SWITCH,
    ],
    [status(400, { text: 'No such model: x' }), KEY, /does not have this model \(400\)/, OTHER_MODEL],
    [
      status(403, { code: 'Model.AccessDenied', text: 'Model access denied.' }),
      TEST,
      /^Your key may not use this model at api\.example\.com \(403\)\. It says: Model access denied\.$/,
      SWITCH,
    ],
    [status(403, { text: 'You have no access to model x.' }), KEY, /may not use this model/, OTHER_MODEL],
    [status(400, { text: 'The model says no to this.' }), TEST, /did not accept the request \(400\)/, TEST_AGAIN],
    [status(401, { text: 'No access to the model list.' }), TEST, /does not allow this with your key/, TEST_AGAIN],
    [
      new SignInRequired({
        reason: 'goodElsewhere',
        ...THERE,
        here: 'China (Beijing)',
        there: 'International (Singapore)',
      }),
      PLAN,
      /^This key answers on International \(Singapore\), not on China \(Beijing\)\.$/,
      'Switch: sendKey there',
    ],
    [
      new SignInRequired(FOREIGN_KEY),
      KEY,
      /^This looks like a key of OpenRouter\. Nothing was sent to DeepSeek\.$/,
      'Use it for OpenRouter: sendKey there',
    ],
    [
      new SignInRequired({ reason: 'foreignKey', method: 'api-key', here: 'DeepSeek', there: 'Anthropic' }),
      KEY,
      /of Anthropic\./,
      OTHER_KEY,
    ],
    [
      new SignInRequired({ reason: 'refused', ...PLAN_KEY, places: ['International (Singapore) at b.example.com'] }),
      PLAN,
      /refused the Coding Plan key that ends in abcd \(401\)\. .* another region or plan\.$/,
      'Check the other regions: checkOtherRegions',
    ],
    [
      new SignInRequired({
        reason: 'refused',
        ...PLAN_KEY,
        status: 403,
        said: 'Forbidden',
        places: ['X at b.example.com'],
      }),
      PLAN,
      /abcd \(403\)\. It says: Forbidden\. The key is mistyped/,
      'Check the other regions: checkOtherRegions',
    ],
    [
      new SignInRequired({
        reason: 'refused',
        ...PLAN_KEY,
        refusedBy: ['B at b.example.com', 'C at c.example.com'],
        unreached: [],
      }),
      PLAN,
      /\(401\)\. Refused it too: B at b\.example\.com; C at c\.example\.com\. The key is mistyped or revoked\.$/,
      'Enter another key: showMethod coding-plan',
    ],
    [
      new SignInRequired({ reason: 'refused', ...PLAN_KEY, refusedBy: [], unreached: ['B at b.example.com'] }),
      PLAN,
      /\(401\)\. Could not be asked: B at b\.example\.com\.$/,
      'Enter another key: showMethod coding-plan',
    ],
    [
      status(429, {
        text: 'week allocated quota exceeded',
        retryAfterSeconds: 100_000,
        resumesAt: Date.UTC(2999, 0, 7, 12),
      }),
      TEST,
      /^Your weekly limit at api\.example\.com is used up \(429\)\. It says: week .* in 28 h \(7 Jan, \d\d:00:00\)\.$/,
      SWITCH,
    ],
    [status(429, { text: 'hour allocated quota exceeded' }), TEST, /^Your 5-hour .* taken again within 5 h\.$/, SWITCH],
    [status(403, { text: 'Key limit exceeded (daily limit).' }), TEST, /^Your daily limit at /, SWITCH],
    [
      status(429, { text: 'usage limit exceeded' }),
      TEST,
      /^Your limit at .* used up \(429\)\. It says: usage .*\.$/,
      SWITCH,
    ],
    [
      status(429, { text: 'Slow down.' }),
      TEST,
      /too many requests .* It says: Slow down\. Wait a moment\.$/,
      TEST_AGAIN,
    ],
    [
      status(429, { text: 'The engine is overloaded' }),
      TEST,
      /^api\.example\.com is overloaded right now \(429\)/,
      TEST_AGAIN,
    ],
    [
      status(404, { text: 'No endpoints found that support tool use.' }),
      TEST,
      /^api\.example\.com does not take tools with this model \(404\)\. It says: No endpoints/,
      SWITCH,
    ],
    [
      status(400, { text: "Unsupported value: 'temperature'" }),
      TEST,
      /does not take "temperature" with this model/,
      SWITCH,
    ],
    [
      status(404, { text: 'No endpoints found matching your data policy' }),
      TEST,
      /^Your own rules at .* \(404\)/,
      SWITCH,
    ],
    [
      status(403, { text: 'Just a moment...', page: true }),
      TEST,
      /^A web page came in place of an answer of api\.example\.com \(403\): "Just a moment\.\.\."\. A firewall/,
      TEST_AGAIN,
    ],
    [
      new RequestError(HOST, 'status', { code: '1113', text: '余额不足' }),
      TEST,
      /quota left\. It says: 余额不足\.$/,
      SWITCH,
    ],
    [status(503), TEST, /has a problem of its own right now \(503\)\.$/, TEST_AGAIN],
    [status(422), TEST, /did not accept the request \(422\)\.$/, TEST_AGAIN],
    [new ConfigurationError({ field: 'baseUrl' }, 'Enter it.'), PLAN, /^Enter it\.$/],
    [
      new ConfigurationError({ field: 'apiKey' }, 'Enter it.'),
      PLAN,
      /^Enter it\.$/,
      'Enter a key: showMethod coding-plan',
    ],
    [
      new RecordsClosed({ part: 'x' }, 'It is closed.'),
      PLAN,
      /^It is closed\.$/,
      'Sign in again: showMethod coding-plan',
    ],
    [new RecordsClosed({ part: 'x' }, 'It is closed.'), TEST, /^It is closed\.$/, 'Sign in again: showMethod api-key'],
    [
      new ConfigurationError({ setting: 'qwen.endpoints' }, 'Mend it.'),
      TEST,
      /^Mend it\.$/,
      'Open settings: openSettings qwen.endpoints',
    ],
    [
      new TypeError('x is not a function'),
      TEST,
      /^Something went wrong that should not have\. The log says more\.$/,
      'Show log: showLog',
    ],
    ['a text that was thrown', TEST, /^Something went wrong/, 'Show log: showLog'],
  ];
  for (const [error, occasion, text, button] of rows) {
    it(`says what to do about ${String(error)}`, () => {
      const problem = problemOf(error, occasion);

      assert.ok(problem);
      assert.match(problemText(problem), text);
      assert.equal(
        problem.action && `${problem.action.label}: ${Object.values(problem.action.intent).join(' ')}`,
        button,
      );
    });
  }

  it('leaves three ways on after the end of the free tier, each as `qwen.signIn` takes it', () => {
    const problem = problemOf(
      new SignInRequired({ reason: 'refused', method: 'qwen-oauth', host: 'portal.qwen.ai' }),
      OAUTH,
    );

    assert.deepEqual(problem && choicesOf(problem), [
      { label: 'Use Coding Plan', method: 'coding-plan' },
      { label: 'Use an API key', method: 'api-key' },
      { label: 'Try anyway', method: 'qwen-oauth', anyway: true },
    ]);
  });

  it('leaves it to the person whose key it is', () => {
    const problem = problemOf(new SignInRequired(FOREIGN_KEY), KEY);

    assert.deepEqual(problem?.others, [
      { label: 'Send it to DeepSeek anyway', intent: { type: 'sendKey', to: 'here' } },
    ]);
  });

  it('leaves no choice where one button mends it', () => {
    const problem = problemOf(status(429), TEST);

    assert.deepEqual(problem && choicesOf(problem), []);
  });

  it('is none for what was called off', () => {
    assert.equal(problemOf(new Cancelled(), TEST), undefined);
  });

  it('is a sentence that ends in a full stop', () => {
    for (const [error, occasion] of rows) {
      const { message = '', cause = 'None.' } = problemOf(error, occasion) ?? {};

      assert.match(message, /^[A-Za-z"].*[.]$/);
      assert.match(cause, /^It says: |[.?]$/);
    }
  });

  it('names the folder whose model was asked', () => {
    const problem = problemOf(new SignInRequired({ reason: 'signedOut' }), { during: 'test', folder: 'api' });

    assert.match(problem?.message ?? '', /^In api: /);
  });
});
