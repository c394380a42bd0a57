import { isHiding } from '../base/oneLine';
import { decodedPart } from '../base/origin';

// Azure has two APIs: the older one has the deployment in its path and a version in its query, the newer one is
// OpenAI's, at /openai/v1, with the deployment as the model.

const HOST = /\.(openai\.azure\.com|cognitiveservices\.azure\.com|services\.ai\.azure\.com)$/i;
const DEPLOYMENT = /^(.*\/openai)\/deployments\/([^/]+)/i;
const VERSION = /^[\w.-]{1,40}$/;
/** The last version in which a key may ask which deployments there are. */
const LISTING_VERSION = '2023-03-15-preview';

/** A place in Azure: its base URL, and the deployment that it is for, where it is for one. */
export interface AzurePlace {
  readonly baseUrl: string;
  readonly deployment?: string;
}

/** What an address means in Azure; undefined for one that is not Azure's, nor a gateway's in front of its older API. */
export function azurePlace({ origin, hostname, pathname, searchParams }: URL): AzurePlace | undefined {
  const [, path = '', encoded] = DEPLOYMENT.exec(pathname) ?? [];
  const version = searchParams.get('api-version') ?? '';
  const named = encoded && decodedPart(encoded);
  const deployment = named && !isHiding(named) ? named : undefined;
  if (deployment && VERSION.test(version))
    return { baseUrl: `${origin}${path}/deployments/${encoded}?api-version=${version}`, deployment };
  return HOST.test(hostname) ? { baseUrl: `${origin}/openai/v1`, ...(deployment && { deployment }) } : undefined;
}

/** The one deployment that a base URL of the older API is for. */
export function deploymentAt(baseUrl: string): string | undefined {
  const url = new URL(baseUrl);
  return url.search ? azurePlace(url)?.deployment : undefined;
}

/** The header that carries the key at a base URL. */
export function keyHeaderAt(baseUrl: string): 'authorization' | 'api-key' {
  return azurePlace(new URL(baseUrl)) ? 'api-key' : 'authorization';
}

/** Where the deployments of a resource are listed; its list of models names those too that are not deployed. */
export function deploymentsUrl(baseUrl: string): string {
  return `${baseUrl.replace(/\/v1$/, '')}/deployments?api-version=${LISTING_VERSION}`;
}
