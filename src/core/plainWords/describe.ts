import * as l10n from '@vscode/l10n';
import { findProvider } from '../providers/catalogue';
import type { Provider, Region } from '../providers/provider';
import { oneLine } from '../base/oneLine';
import type { Secret } from '../base/secret';
import { readModelProviders } from '../config/modelProviders';
import type { Field } from './shapes';
import type { PlainSignIn } from './plainSignIn';
import type { Meaning } from './meaning';

/** One line of a confirmation, whoever wrote the text that it is about. */
export interface Row {
  readonly label: string;
  readonly text: string;
}

/** An address may be longer, and says at its beginning where it leads. */
const LONGEST = 300;

const MISSING: Readonly<Record<Field | 'provider', string>> = {
  provider: l10n.t('Missing: choose one'),
  baseUrl: l10n.t('Missing: enter it'),
  model: l10n.t('Missing: choose one'),
  apiKey: l10n.t('Missing: enter it'),
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
  return rowsOf(understood, baseUrlOf, extent).map(({ label, text }) => ({
    label: oneLine(label, LONGEST),
    text: oneLine(text, LONGEST),
  }));
}

function rowsOf(
  understood: Meaning,
  baseUrlOf: (provider: Provider, region: Region) => string,
  extent: 'all' | 'withoutAddress',
): readonly Row[] {
  switch (understood.kind) {
    case 'nothing':
      return [{ label: l10n.t('Not understood'), text: understood.why }];
    case 'signIn':
      return [...signInRows(understood, baseUrlOf, extent), ...notes(understood.notUnderstood)];
    case 'modelProviders': {
      const { entries } = readModelProviders(understood.modelProviders);
      const models = entries.map(({ name, baseUrl, envKey }) => ({
        label: name,
        text: l10n.t('{baseUrl}, key in {envKey}', { baseUrl, envKey: envKey ?? '' }),
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
  const provider = findProvider(request.provider);
  const region = provider?.regions.find(({ id }) => id === request.region) ?? provider?.regions[0];
  const baseUrl = request.baseUrl ?? (provider && region ? baseUrlOf(provider, region) : '');
  const row = (label: string, field: Field | 'provider', text = ''): readonly Row[] => {
    if (missing.includes(field)) return [{ label, text: MISSING[field] }];
    return text ? [{ label, text }] : [];
  };
  return [
    ...row(l10n.t('Provider'), 'provider', [provider?.label, region?.label].filter(Boolean).join(' – ')),
    ...(extent === 'all' ? row(l10n.t('Base URL'), 'baseUrl', baseUrl) : []),
    ...row(l10n.t('Model'), 'model', request.model),
    ...row(l10n.t('API key'), 'apiKey', apiKey ? keyText(apiKey) : l10n.t('None needed')),
  ];
}

function keyText({ last4 }: Secret): string {
  return last4 ? l10n.t('Ends in {last4}', { last4 }) : l10n.t('Given');
}

function notes(texts: readonly string[]): readonly Row[] {
  return texts.map((text) => ({ label: l10n.t('Note'), text }));
}
