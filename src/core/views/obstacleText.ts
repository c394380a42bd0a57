import * as l10n from '@vscode/l10n';
import type { CertificateFault, Obstacle, ProxyFault } from '../base/obstacle';
import { joinSentences } from '../../language/joinSentences';
import { sentence } from '../base/sentence';

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
    message: l10n.t('{host} speaks {speaks}, and was asked by {asked}.', { host, speaks, asked }),
    cause: l10n.t('Nothing was read there. Write {0}:// in the base URL, or check its port.', speaks),
  };
}

const SYSTEM_STORE = 'http.systemCertificates';

function certificateText(host: string, { why, issuer, names, day }: CertificateFault): ObstacleText {
  const by = issuedText(issuer);
  const message = l10n.t('The certificate of {0} is not trusted.', host);
  switch (why) {
    case 'selfSigned':
      return {
        message,
        cause: l10n.t("The server has signed it itself. If it is yours, put its certificate into the system's store."),
        setting: SYSTEM_STORE,
      };
    case 'unknownIssuer':
      return {
        message,
        cause: joinSentences(
          issuer
            ? l10n.t('It was issued by "{0}", whom this machine does not know.', issuer)
            : l10n.t('It was issued by somebody unknown, whom this machine does not know.'),
          l10n.t(
            "If that is your company or its proxy, its certificate belongs into the system's store, " +
              'or into the file that NODE_EXTRA_CA_CERTS names.',
          ),
        ),
        setting: SYSTEM_STORE,
      };
    case 'expired':
      return {
        message: day
          ? l10n.t('The certificate of {host} ran out on {day}.', { host, day })
          : l10n.t('The certificate of {0} has run out.', host),
        cause: joinSentences(
          by,
          l10n.t('If the clock of this machine is right, whoever runs the server has to renew it.'),
        ),
      };
    case 'notYetValid':
      return {
        message: day
          ? l10n.t('The certificate of {host} is not valid before {day}.', { host, day })
          : l10n.t('The certificate of {0} is not valid yet.', host),
        cause: joinSentences(by, l10n.t('Is the clock of this machine right?')),
      };
    case 'otherHost':
      return {
        message: names
          ? l10n.t('What answers at {host} is somebody else: its certificate is for {names}.', { host, names })
          : l10n.t('What answers at {0} is somebody else.', host),
        cause: joinSentences(by, l10n.t('The address may be wrong, or something on the way answers in its place.')),
      };
    case 'unusable':
      return {
        message,
        cause: joinSentences(
          issuer && by,
          l10n.t("A company's proxy may stand in between; its certificate belongs into the system's store."),
        ),
        setting: SYSTEM_STORE,
      };
  }
}

function issuedText(issuer: string | undefined): string {
  return issuer ? l10n.t('It was issued by "{0}".', issuer) : l10n.t('It was issued by somebody unknown.');
}

const PROXY = 'http.proxy';

function proxyText(host: string, { proxy, status, set, speaks }: ProxyFault): ObstacleText {
  if (set) {
    return {
      message: l10n.t('The proxy in {name} cannot be used, so {host} was not asked.', { name: set.name, host }),
      cause: joinSentences(sentence(set.why), l10n.t('Write it like http://proxy.example.com:8080, or take it out.')),
      ...(set.name === PROXY && { setting: PROXY }),
    };
  }
  const named = proxy ? l10n.t('The proxy {0}', proxy) : l10n.t('The proxy');
  const notAsked = l10n.t('{0} was not asked.', host);
  if (speaks) {
    return {
      message: l10n.t('{0} speaks http, and was asked by https.', named),
      cause: joinSentences(notAsked, l10n.t('Write http:// in the address of the proxy.')),
      setting: PROXY,
    };
  }
  if (status === undefined) {
    return {
      message: l10n.t('{0} is not there.', named),
      cause: joinSentences(notAsked, l10n.t('Check the address of the proxy.')),
      setting: PROXY,
    };
  }
  if (status === 407) {
    return {
      message: l10n.t('{0} asks for a login (407).', named),
      cause: joinSentences(
        notAsked,
        l10n.t('Whoever runs the network knows the login, which belongs into the address of the proxy.'),
      ),
      setting: PROXY,
    };
  }
  const about = { proxy: named, host, status };
  return {
    message:
      status >= 500
        ? l10n.t('{proxy} did not get through to {host} ({status}).', about)
        : l10n.t('{proxy} does not let requests through to {host} ({status}).', about),
    cause: l10n.t('Ask whoever runs the network.'),
    setting: PROXY,
  };
}
