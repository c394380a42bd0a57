import type { CertificateFault, Obstacle, ProxyFault } from '../base/obstacle';

/** What a person reads of what stands in the way, and the setting that mends it, where one does. */
interface ObstacleText {
  readonly message: string;
  readonly cause: string;
  readonly setting?: string;
}

/** The words for an obstacle on the way to a host; `undefined` is a certificate of which nothing is known. */
export function obstacleText(host: string, obstacle: Obstacle | undefined): ObstacleText {
  const about = obstacle?.about ?? { certificate: { why: 'unusable' } };
  if ('speaks' in about) return schemeText(host, about.speaks);
  return 'proxy' in about ? proxyText(host, about.proxy) : certificateText(host, about.certificate);
}

function schemeText(host: string, speaks: 'http' | 'https'): ObstacleText {
  const asked = speaks === 'http' ? 'https' : 'http';
  return {
    message: `${host} speaks ${speaks}, and was asked by ${asked}.`,
    cause: `Nothing was read there. Write ${speaks}:// in the base URL, or check its port.`,
  };
}

const SYSTEM_STORE = 'http.systemCertificates';

function certificateText(host: string, { why, issuer, names, day }: CertificateFault): ObstacleText {
  const by = issuer ? `"${issuer}"` : 'somebody unknown';
  const message = `The certificate of ${host} is not trusted.`;
  switch (why) {
    case 'selfSigned':
      return {
        message,
        cause: `The server has signed it itself. If it is yours, put its certificate into the system's store.`,
        setting: SYSTEM_STORE,
      };
    case 'unknownIssuer':
      return {
        message,
        cause:
          `It was issued by ${by}, whom this machine does not know. If that is your company or its proxy, ` +
          `its certificate belongs into the system's store, or into the file that NODE_EXTRA_CA_CERTS names.`,
        setting: SYSTEM_STORE,
      };
    case 'expired':
      return {
        message: `The certificate of ${host} ${day ? `ran out on ${day}` : 'has run out'}.`,
        cause:
          `It was issued by ${by}. ` +
          'If the clock of this machine is right, whoever runs the server has to renew it.',
      };
    case 'notYetValid':
      return {
        message: `The certificate of ${host} is not valid ${day ? `before ${day}` : 'yet'}.`,
        cause: `It was issued by ${by}. Is the clock of this machine right?`,
      };
    case 'otherHost':
      return {
        message: `What answers at ${host} is somebody else${names ? `: its certificate is for ${names}` : ''}.`,
        cause: `It was issued by ${by}. The address may be wrong, or something on the way answers in its place.`,
      };
    case 'unusable':
      return {
        message,
        cause:
          `${issuer ? `It was issued by ${by}. ` : ''}A company's proxy may stand in between; ` +
          "its certificate belongs into the system's store.",
        setting: SYSTEM_STORE,
      };
  }
}

const PROXY = 'http.proxy';

function proxyText(host: string, { proxy, status, set, speaks }: ProxyFault): ObstacleText {
  if (set) {
    return {
      message: `The proxy in ${set.name} cannot be used, so ${host} was not asked.`,
      cause: `${set.why}. Write it like http://proxy.example.com:8080, or take it out.`,
      ...(set.name === PROXY && { setting: PROXY }),
    };
  }
  const named = proxy ? `The proxy ${proxy}` : 'The proxy';
  if (speaks) {
    return {
      message: `${named} speaks http, and was asked by https.`,
      cause: `${host} was not asked. Write http:// in the address of the proxy.`,
      setting: PROXY,
    };
  }
  if (status === undefined) {
    return {
      message: `${named} is not there.`,
      cause: `${host} was not asked. Check the address of the proxy.`,
      setting: PROXY,
    };
  }
  if (status === 407) {
    return {
      message: `${named} asks for a login (407).`,
      cause:
        `${host} was not asked. Whoever runs the network knows the login, ` +
        'which belongs into the address of the proxy.',
      setting: PROXY,
    };
  }
  const what = status >= 500 ? 'did not get through to' : 'does not let requests through to';
  return { message: `${named} ${what} ${host} (${status}).`, cause: 'Ask whoever runs the network.', setting: PROXY };
}
