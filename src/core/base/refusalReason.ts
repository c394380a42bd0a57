import { anyOf } from './anyOf';
import { isOfRequest, refusedPart, type RefusalWords } from './refusedPart';

/**
 * Why a server refuses. `tooFast`, and `overloaded` where others are the cause: a matter of seconds. `windowUsedUp`:
 * hours or days, until the next window of a plan. `noBalance`: somebody has to pay. `notYours`: the key or account may
 * not. `dataPolicy`: the account's own rules leave nobody to answer. `unsupported`: the model does not take a part of
 * the request. `page`: it was no API that answered.
 */
export type RefusalReason =
  | 'tooFast'
  | 'overloaded'
  | 'windowUsedUp'
  | 'noBalance'
  | 'notYours'
  | 'dataPolicy'
  | 'unknownModel'
  | 'deniedModel'
  | 'unsupported'
  | 'page';

/** A refusal, as far as its reason is known from it. */
interface ReasonedRefusal extends RefusalWords {
  readonly status?: number;
  readonly page?: true;
}

/** One request for more than a limit ever gives: no waiting helps. */
const TOO_LARGE = /request too large|input or output tokens must be reduced/i;

// A limit for a time of hours or more, of which nothing is left. The numbers are Zhipu's and MiniMax's.
const WINDOW_CODES = /\b(?:1304|1308|1310|2056|free-models-per-day)\b|PerDay|access_terminated/;
const PERIOD = anyOf(
  /\b(?:\d+h|hours?|hourly|days?|daily|today|weeks?|weekly|months?|monthly|billing cycle|usage limit|[RT]PD)\b/,
  /小时|[天日周月]/,
);
const LIMIT = /limit|quota|allowance|allocation|限额|额度|配额|上限/i;
const USED_UP = /exceed|reached|hit|exhausted|used|超[出过限]|达到|用[完尽]|耗尽/i;
const MONEY = /spending|budget|credits/i;

// A limit for seconds or minutes. DashScope and Gemini call that a quota too, and speak of billing.
const MOMENT =
  /#(?:token|rate)-limit|(?:again|retry) in [\d.]+ ?(?:ms|s|m)|per[- ](?:minute|second)|\b[RT]PM\b|每分钟|每秒/i;
const THROTTLED = /^throttling|^limit_|\b130[23]\b/i;
const TOO_FAST = /rate[ _-]?limit|too[ _]many[ _](?:\w+ )?requests|throttl|concurren|slow down|速率|频率|频繁|并发/i;
const OVERLOADED =
  /overload|at capacity|no capacity|server (?:is )?busy|receiving too many requests|饱和|繁忙|过载|\b13(?:05|12)\b/i;

// No money, or nothing free. The numbers are Zhipu's, MiniMax's and SiliconFlow's.
const FREE = /FreeTierOnly|free (?:allocated )?quota/i;
const NO_BALANCE_CODES = anyOf(
  /insufficient_|arrear|overdue|billing_|budget_exceeded|current_quota|free_quota|payment_required/,
  /\b(?:1113|1309|1008|30001)\b/,
);
const NO_BALANCE = anyOf(
  /insufficient (?:\w+ ){0,3}(?:balance|credits?|funds|quota)/,
  /(?:balance|credits?|funds) (?:\w+ ){0,3}(?:insufficient|not enough|too low|exhausted|depleted)/,
  /(?:not enough|out of|no|used all available|more) (?:balance|credits?|funds)\b/,
  /negative balance|arrears?\b|overdue|good standing|payment required|prepaid bill/,
  /(?:budget|key limit)\b.{0,20} exceeded|exceeded budget|billing (?:hard )?limit|spending limit|limit: 0\b/,
  /free (?:allocated )?(?:quota|tier)\b|check your plan and billing/,
  /余额|欠费|资源包|充值|(?:额度|配额).{0,4}(?:不足|用[完尽]|耗尽)|套餐.{0,4}(?:到期|过期)/,
);
/** What a key without money is refused with, by servers that tell it as one that is not good. */
const EMPTY_KEY = /额度已用尽|余额不足|insufficient_(?:user_)?quota|insufficient balance/i;

const DATA_POLICY = /data policy|guardrail restrictions|zero data retention/i;
const MODEL = /model|deployment(?!_not_found| could not be found on)|endpoints found for|模型/i;
const ABSENT = anyOf(
  /not[ _]?(?:be )?(?:exists?|found|available|loaded)|unknown|no such|no endpoints|no models? loaded/,
  /invalid[ _]model|not a valid model|unsupported|not supported|decommissioned/,
  /不存在|未找到|不支持/,
);
/** How gateways say, even with a status of 5xx, that nobody behind them has the model. */
const NO_CHANNEL = /无可用渠道|model_not_found/i;
const DENIED_CODES = /Model\.AccessDenied|model_access_denied|ModelNotOpen|\b1311\b/i;
const UNVERIFIED = /organization must be verified/i;
const DENIED =
  /model.*(?:access|denied|permission|allow|entitle)|(?:access|permission|allow|entitle).*model|模型.*权限|无权.*模型/i;
/** What is asked is refused, whoever asks. */
const FLAGGED = /moderation|flagged|content[ _]?filter|inappropriate content|敏感/i;
const NOT_YOURS = /access_?denied|permission|forbidden|not authorized|unsupported_country|无权|没有权限/i;

/** Why a server refuses, by its status and its words, in English or Chinese; undefined where they do not tell. */
export function refusalReason(refusal: ReasonedRefusal): RefusalReason | undefined {
  const { status = 0, code = '', type = '', text = '', page } = refusal;
  // Some put their number into the text, in brackets.
  const codes = [code, type, ...(text.match(/(?<=[[(])\d{4,5}(?=[\])])/g) ?? [])].join(' ').trim();
  if (page && status < 500 && status !== 404) return 'page';
  if (DENIED_CODES.test(codes) || UNVERIFIED.test(text)) return 'deniedModel';
  // A 401 is about the key, whatever its text goes on about.
  if (status === 401) return EMPTY_KEY.test(`${codes} ${text}`) ? 'noBalance' : undefined;
  return limitReason(status, codes, text) ?? requestReason(refusal, `${codes} ${text}`);
}

function limitReason(status: number, codes: string, text: string): RefusalReason | undefined {
  const words = `${codes} ${text}`;
  if (TOO_LARGE.test(text)) return undefined;
  if (WINDOW_CODES.test(words)) return 'windowUsedUp';
  const isMoment = MOMENT.test(text);
  const isWindow = PERIOD.test(text) && LIMIT.test(text) && USED_UP.test(text);
  if (isWindow && !isMoment && !MONEY.test(text)) return 'windowUsedUp';
  const isFree = FREE.test(words);
  if (!isFree && (isMoment || THROTTLED.test(codes))) return 'tooFast';
  if (OVERLOADED.test(words) && (status === 0 || status === 429 || status >= 500)) return 'overloaded';
  if (status === 402 || isFree || NO_BALANCE_CODES.test(codes) || NO_BALANCE.test(text)) return 'noBalance';
  return status === 429 || TOO_FAST.test(words) ? 'tooFast' : undefined;
}

function requestReason(refusal: ReasonedRefusal, words: string): RefusalReason | undefined {
  const { status = 0 } = refusal;
  if (DATA_POLICY.test(words)) return 'dataPolicy';
  if (status !== 403 && NO_CHANNEL.test(words)) return 'unknownModel';
  if (status >= 500) return isOfRequest(refusal) ? 'unsupported' : undefined;
  if (status !== 403 && refusedPart(refusal) !== undefined) return 'unsupported';
  const isOfModel = MODEL.test(words);
  if (isOfModel && (status === 404 || (status !== 403 && ABSENT.test(words)))) return 'unknownModel';
  if (isOfModel && status === 403 && DENIED.test(words)) return 'deniedModel';
  return (status === 403 || NOT_YOURS.test(words)) && !FLAGGED.test(words) ? 'notYours' : undefined;
}
