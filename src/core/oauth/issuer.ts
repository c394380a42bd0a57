import { withoutSlashes } from '../base/origin';
import { pastedAddress } from '../base/pasted';

/** RFC 8414 §3 has the issuer's path behind the well-known part, OpenID Connect Discovery §4 before it. */
const WELL_KNOWN = /\/\.well-known\/(?:oauth-authorization-server|openid-configuration)/;
/** A host with or without port and path, as people write it without a scheme. */
const HOST = /^[\w-]+(?:\.[\w-]+)+(?::\d+)?(?:\/|$)/;
/** What Microsoft Entra's document for all tenants has in the place of one. */
const ANY_TENANT = '{tenantid}';

/** The issuer in what a person wrote: also the address of its discovery document, or a host without a scheme. */
export function readIssuer(text: string): string {
  const address = withoutSlashes(pastedAddress(text).replace(WELL_KNOWN, ''));
  return HOST.test(address) ? `https://${address}` : address;
}

/** Whether two addresses are one issuer. A slash at the end makes no difference: Auth0 has one, others have none. */
export function isSameIssuer(one: string, other: string): boolean {
  return normalized(one) === normalized(other);
}

/** Whether a document's issuer is the one that it was asked of (RFC 8414 §3.3); `{tenantid}` stands for any tenant. */
export function isIssuerOf(named: string, issuer: string): boolean {
  if (!named.includes(ANY_TENANT)) return isSameIssuer(named, issuer);
  const [, tenant = ''] = URL.canParse(issuer) ? new URL(issuer).pathname.split('/') : [];
  return tenant !== '' && isSameIssuer(named.replace(ANY_TENANT, tenant), issuer);
}

/** The URL with its host in small letters, and without the port of its scheme. */
function normalized(url: string): string {
  return withoutSlashes(URL.canParse(url) ? new URL(url).href : url);
}
