/** How somebody signs in. */
export type MethodId = 'qwen-oauth' | 'coding-plan' | 'api-key';

/** A way to sign in, as the panel offers it. `notice` is a fact to know before choosing it. */
export interface MethodView {
  readonly id: 'coding-plan' | 'api-key' | 'own-server' | 'openrouter' | 'qwen-oauth';
  readonly method: MethodId;
  readonly label: string;
  readonly description: string;
  readonly notice?: string;
  /** The ids of the providers that its form lets choose from. */
  readonly providers: readonly string[];
}

/** A provider of the catalogue, as the form of its method needs it. */
export interface ProviderView {
  readonly id: string;
  readonly method: MethodId;
  readonly label: string;
  /** The heading that it is offered under. */
  readonly group: string;
  readonly regions: readonly RegionView[];
  /** What its places differ in. */
  readonly regionsAre: 'region' | 'plan';
  readonly key: 'required' | 'optional';
  readonly keyHint: string;
  /** The variable that its key is customarily kept in. */
  readonly envKey: string;
  /** Whether the person may, or must, type the base URL. */
  readonly baseUrl: 'fixed' | 'optional' | 'required';
  /** What an address of it looks like. */
  readonly baseUrlHint: string;
  /** Whether it hands out a key to whoever signs in at it with the browser. */
  readonly browserSignIn: boolean;
  /** Whether a page is known where a key can be had, and one that explains the service. */
  readonly hasConsole: boolean;
  readonly hasDocs: boolean;
  /** Model ids to suggest in the form; empty where the server is asked. */
  readonly modelHint: string;
}

/** A region of a provider and the base URL that it stands for, a company's own gateway included. */
export interface RegionView {
  readonly id: string;
  readonly label: string;
  readonly baseUrl: string;
}

/** The preview of a base URL: what requests would go to, or why they could not. */
export type DraftView =
  | { readonly ok: true; readonly provider: string; readonly baseUrl: string; readonly note?: string }
  | { readonly ok: false; readonly provider: string; readonly error: string };
