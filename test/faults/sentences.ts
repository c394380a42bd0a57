/** What a person reads of a fault on the way, wherever it strikes. */
export const ON_THE_WAY = {
  notFound: 'SERVER was not found. Check the address, and that this machine is online. [Try again]',
  nobody: 'Nothing answers at SERVER. Is the server running, and is the port right? [Try again]',
  broken:
    'SERVER ended the connection before it had answered. A firewall or a proxy may stand in between, or the port is that of something else. [Try again]',
  late: 'SERVER took too long to answer. [Try again]',
  silent:
    'SERVER sent nothing for 15 min. That is the limit that the setting qwen.request.timeout sets. [Open settings]',
  outage: (status: number) => `SERVER has a problem of its own right now (${status}). [Try again]`,
} as const;

/**
 * The rows of a column whose faults on the way all come to the same but for what a person
 * reads; `late` is read of silence.
 */
export function onTheWay<Outcome>(outcome: (reads: string) => Outcome, late: string = ON_THE_WAY.late) {
  return {
    'a host that is not found': outcome(ON_THE_WAY.notFound),
    'a port where nobody listens': outcome(ON_THE_WAY.nobody),
    'a reset of the connection at once': outcome(ON_THE_WAY.broken),
    'a reset before the headers': outcome(ON_THE_WAY.broken),
    'a reset behind the headers': outcome(ON_THE_WAY.broken),
    'a reset within the body': outcome(ON_THE_WAY.broken),
    'an end within the body': outcome(ON_THE_WAY.broken),
    'no answer at all': outcome(late),
    'a body that stands still': outcome(late),
  };
}

/** What a person reads of an authorization server that does not keep to its part. */
export const OAUTH = {
  declined: 'The sign-in was declined at SERVER. [Try again]',
  expired: 'The code ran out before it was approved. [Get a new code]',
  unknownClient:
    'SERVER does not accept this client. The client id belongs to another server, needs a secret, or may not sign in this way. [Open settings]',
  scopes:
    'SERVER does not grant the scopes "openid profile email offline_access model.completion". ' +
    'It has: openid profile email model.completion offline_access. Name others in qwen.oauth.scopes. [Open settings]',
  refused: (why: string) => `SERVER refused the sign-in: ${why}. [Try again]`,
  odd: 'SERVER does not answer as an authorization server does. A firewall, or a sign-in page of the network, may stand in between. [Try again]',
  otherType:
    'SERVER sent an answer that cannot be used: it grants tokens of the type "mac", which cannot be used here. [Try again]',
  tooLarge:
    'SERVER does not answer as an authorization server does: the answer is larger than 1 MiB. A firewall, or a sign-in page of the network, may stand in between. [Try again]',
  redirected:
    'SERVER sends requests on to another address, which your sign-in is not meant for. A firewall, or a sign-in page of the network, may stand in between. [Try again]',
  forbidden: (status: number) => `SERVER does not allow this (${status}). [Try again]`,
  blocked: (status: number, title: string) =>
    `A web page came in place of an answer of SERVER (${status}): "${title}". A firewall, or a sign-in page of the network, may stand in between. [Try again]`,
  noAddress: 'SERVER has no such address (404). Check which authorization server is set. [Open settings]',
  busy: 'SERVER gets too many requests right now (429). Wait a moment. [Try again]',
  busySaying: (text: string) =>
    `SERVER gets too many requests right now (429). It says: ${text}. Wait a moment. [Try again]`,
  busyFor7: 'SERVER gets too many requests right now (429). It takes requests again in 7 s. [Try again]',
} as const;

/** What a person reads of a provider that does not make the key that it was signed in to for. */
export const KEY_PROVIDER = {
  odd: 'SERVER sent no key that can be used. A firewall, or a sign-in page of the network, may stand in between. [Try again]',
  tooLarge:
    'SERVER sent no key that can be used: the answer is larger than 1 MiB. A firewall, or a sign-in page of the network, may stand in between. [Try again]',
  refused: (status: number, text: string) => `SERVER refused to make a key (${status}). It says: ${text}. [Try again]`,
  silent: (status: number) =>
    `SERVER refused to make a key (${status}). The code from the browser may have run out. [Try again]`,
  ownKey: 'SERVER refuses the key that it has just made (401). [Try again]',
  noKeys: (status: number) =>
    `SERVER makes no keys in this way (${status}). Use one that you have already. [Enter an API key]`,
} as const;

/** What a person reads of a model's server that does not keep to its part. */
export const MODELS = {
  odd: 'SERVER does not answer as an OpenAI-compatible server does. Check the base URL; it often ends in /v1. [Try again]',
  tooLarge: (mib: number) =>
    `SERVER does not answer as an OpenAI-compatible server does: the answer is larger than ${mib} MiB. Check the base URL; it often ends in /v1. [Try again]`,
  oddly: (how: string) =>
    `SERVER does not answer as an OpenAI-compatible server does: ${how} Check the base URL; it often ends in /v1. [Try again]`,
  overloaded: 'SERVER is overloaded right now. It says: Overloaded. Wait a moment. [Try again]',
  unusable: (why: string) => `SERVER gave no whole answer: ${why}. [Try again]`,
  redirected:
    'SERVER sends requests on to another address, which your key is not meant for. The base URL is probably incomplete, or a sign-in page of the network stands in between. [Try again]',
  forbidden: (status: number) => `SERVER does not allow this with your key (${status}). [Try again]`,
  noAddress:
    'SERVER does not answer as an OpenAI-compatible server does (404). Check the base URL; it often ends in /v1. [Try again]',
  busy: 'SERVER gets too many requests from you right now (429). Wait a moment. [Try again]',
  notAllowed: (text: string) => `SERVER does not allow this with your key (400). It says: ${text}. [Try again]`,
  busySaying: (text: string) =>
    `SERVER gets too many requests from you right now (429). It says: ${text}. Wait a moment. [Try again]`,
  busyFor7: 'SERVER gets too many requests from you right now (429). It takes requests again in 7 s. [Try again]',
  otherKey: (said?: string) =>
    `SERVER refused the OpenAI key that ends in enai (401).${said ? ` It says: ${said}.` : ''} The key is mistyped or revoked, or belongs to another service. [Enter another key]`,
  refused: (text: string) => `SERVER did not accept the request (400). It says: ${text}. [Try again]`,
} as const;
