import { findProvider } from '../providers/catalogue';
import type { Provider, Region } from '../providers/provider';
import type { Secret } from '../base/secret';
import { readModelProviders } from '../config/modelProviders';
import type { Field } from './shapes';
import type { PlainSignIn } from './plainSignIn';
import type { Meaning } from './meaning';

/** One line of a confirmation. */
export interface Row {
  readonly label: string;
  readonly text: string;
}

const MISSING: Readonly<Record<Field | 'provider', string>> = {
  provider: 'Missing: choose one',
  baseUrl: 'Missing: enter it',
  model: 'Missing: choose one',
  apiKey: 'Missing: enter it',
};

/**
 * What was understood, for a person to confirm before anything is stored. `baseUrlOf` tells where a provider's region
 * is reached, a company's gateway in its place included. The address may be left out where there is no room for it.
 */
export function describePlainWords(
  understood: Meaning,
  baseUrlOf: (provider: Provider, region: Region) => string = (_, region) => region.baseUrl,
  extent: 'all' | 'withoutAddress' = 'all',
): readonly Row[] {
  switch (understood.kind) {
    case 'nothing':
      return [{ label: 'Not understood', text: understood.why }];
    case 'signIn':
      return [...signInRows(understood, baseUrlOf, extent), ...notes(understood.notUnderstood)];
    case 'modelProviders': {
      const { entries } = readModelProviders(understood.modelProviders);
      const models = entries.map(({ name, baseUrl, envKey }) => ({
        label: name,
        text: `${baseUrl}, key in ${envKey}`,
      }));
      const keys = understood.env.map(({ name, key }) => ({ label: name, text: keyText(key) }));
      return [...models, ...keys, ...notes(understood.notUnderstood)];
    }
  }
}

function signInRows(
  { request, apiKey, missing }: PlainSignIn,
  baseUrlOf: (provider: Provider, region: Region) => string,
  extent: 'all' | 'withoutAddress',
): readonly Row[] {
  const provider = findProvider(request.provider ?? '');
  const region = provider?.regions.find(({ id }) => id === request.region) ?? provider?.regions[0];
  const baseUrl = request.baseUrl ?? (provider && region ? baseUrlOf(provider, region) : '');
  const row = (label: string, field: Field | 'provider', text = ''): readonly Row[] => {
    if (missing.includes(field)) return [{ label, text: MISSING[field] }];
    return text ? [{ label, text }] : [];
  };
  return [
    ...row('Provider', 'provider', [provider?.label, region?.label].filter(Boolean).join(' – ')),
    ...(extent === 'all' ? row('Base URL', 'baseUrl', baseUrl) : []),
    ...row('Model', 'model', request.model),
    ...row('API key', 'apiKey', apiKey ? keyText(apiKey) : 'None needed'),
  ];
}

function keyText({ last4 }: Secret): string {
  return last4 ? `Ends in ${last4}` : 'Given';
}

function notes(texts: readonly string[]): readonly Row[] {
  return texts.map((text) => ({ label: 'Note', text }));
}
