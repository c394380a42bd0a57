import * as l10n from '@vscode/l10n';
import { listText } from '../../language/listText';
import { joinSentences } from '../../language/joinSentences';
import { ConfigurationError } from '../base/errors';
import { Obstacle } from '../base/obstacle';
import { pastedAddress } from '../base/pasted';

/** Who goes by a proxy, and so which proxies can be used. */
interface ProxyClient {
  readonly schemes: readonly string[];
  /** Whether it makes an address of one without a scheme, and of one in quotes. */
  readonly guessesScheme: boolean;
}

/** The requests of this project's own, which read an address as curl does. */
const OWN_CLIENT: ProxyClient = { schemes: ['http', 'https'], guessesScheme: true };

/** VS Code's, which goes straight to a server where it cannot read the address of its proxy. */
export const VSCODE_CLIENT: ProxyClient = {
  schemes: ['http', 'https', 'socks', 'socks4', 'socks4a', 'socks5', 'socks5h'],
  guessesScheme: false,
};

/** The proxy that a text names; undefined where it names none that can be used. */
export function readProxy(text: string, { schemes, guessesScheme }: ProxyClient = OWN_CLIENT): URL | undefined {
  const written = guessesScheme ? pastedAddress(text) : text;
  const hasScheme = /^[a-z][a-z\d+.-]*:\/\//i.test(written);
  const full = hasScheme || !guessesScheme ? written : `http://${written}`;
  const url = written && URL.canParse(full) ? new URL(full) : undefined;
  return url?.hostname && schemes.includes(url.protocol.slice(0, -1)) ? url : undefined;
}

/**
 * The obstacle that a proxy is which cannot be used: a request must not go straight to its server in silence. `name` is
 * the variable or setting; the text is not repeated, for it may hold a login. Undefined where it can be used, or is
 * empty.
 */
export function unusableProxy(name: string, text: string, client: ProxyClient = OWN_CLIENT): Obstacle | undefined {
  if (text.trim() === '' || readProxy(text, client)) return undefined;
  return new Obstacle('PROXY_UNUSABLE', { proxy: { set: { name, why: whyUnusable(text, client) } } });
}

/** The obstacle as a problem of the configuration, where it is of the kind that `unusableProxy` answers. */
export function proxyProblem({ about }: Obstacle): ConfigurationError | undefined {
  const set = 'proxy' in about ? about.proxy.set : undefined;
  if (!set) return undefined;
  const isSetting = set.name.includes('.');
  const message = joinSentences(
    isSetting
      ? l10n.t('The setting {name}: {why}.', { name: set.name, why: set.why })
      : l10n.t('The environment variable {name}: {why}.', { name: set.name, why: set.why }),
    l10n.t(
      'Requests that would go by this proxy are not sent. ' +
        'Write it like http://proxy.example.com:8080, or take it out.',
    ),
  );
  return new ConfigurationError(isSetting ? { setting: set.name } : { variable: set.name }, message);
}

function whyUnusable(text: string, { schemes, guessesScheme }: ProxyClient): string {
  const scheme = /^\s*["'`]?([a-z][a-z\d+.-]*):\/\//i.exec(text)?.[1]?.toLowerCase();
  if (scheme !== undefined && !schemes.includes(scheme)) {
    return l10n.t('A proxy of the kind {scheme} is not spoken here, only {schemes}', {
      scheme,
      schemes: listText(schemes),
    });
  }
  if (text.includes('@'))
    return l10n.t('It is no address; a sign in its login may have to be written as %23 and so on');
  return scheme === undefined && !guessesScheme
    ? l10n.t('Its address does not begin with http://')
    : l10n.t('It is no address');
}
