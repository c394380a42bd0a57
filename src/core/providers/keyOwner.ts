import { PROVIDERS } from './catalogue';
import type { Provider } from './provider';

/** Whose a key seems to be; `provider` is where it is used first, where it can be used here at all. */
export interface KeyOwner {
  readonly name: string;
  readonly provider: Provider | undefined;
}

/** Vendors whose keys are known by their beginning, and that are no provider here. */
const STRANGERS: readonly { readonly pattern: RegExp; readonly name: string }[] = [
  { pattern: /^sk-ant-/, name: 'Anthropic' },
  { pattern: /^gsk_/, name: 'Groq' },
  { pattern: /^hf_/, name: 'Hugging Face' },
  { pattern: /^AIza/, name: 'Google' },
];

/** The provider whose keys begin as this one does. */
export function providerOfKey(key: string): Provider | undefined {
  return PROVIDERS.find(({ keyBegins }) => keyBegins?.pattern.test(key));
}

/**
 * Whose a key seems to be by its beginning, where that is somebody else than the provider that it is for: a hint, and
 * no proof. Undefined for a server of the person's own, which may take any.
 */
export function foreignOwner(key: string, target: Provider): KeyOwner | undefined {
  if (target.baseUrl !== 'fixed') return undefined;
  const provider = providerOfKey(key);
  if (provider?.vendor === target.vendor) return undefined;
  if (provider) return { name: provider.keyBegins?.owner ?? provider.label, provider };
  const stranger = STRANGERS.find(({ pattern }) => pattern.test(key));
  return stranger && { name: stranger.name, provider: undefined };
}

/** Whether a key may be one of the provider, as far as its beginning tells. */
export function canBeKeyOf(key: string, { keyPrefix = '' }: Provider): boolean {
  return key.startsWith(keyPrefix);
}
