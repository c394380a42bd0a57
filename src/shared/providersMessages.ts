/** A page of the panel. */
export type PageId = 'signIn' | 'providers' | 'usage';

/** A file that may list models: VS Code's settings, a workspace's, the person's own of Qwen Code. */
export type ModelFileId = 'settings' | 'workspace' | 'user';

/** An entry of a file, as it was seen: another id at its place means another entry. */
export interface EntryRef {
  readonly file: ModelFileId;
  readonly provider: string;
  readonly index: number;
  readonly id: string;
}

/** The fields of an entry as they are typed; what is empty is left out of the file. */
export interface EntryFields {
  readonly id: string;
  readonly name: string;
  readonly baseUrl: string;
  readonly envKey: string;
  readonly contextWindow: string;
  /** Seconds. */
  readonly timeout: string;
  /** A header in each line. */
  readonly headers: string;
}

/** What the form is about: a new entry, one that is there, or another like it. */
export type EntryTarget =
  | { readonly kind: 'add'; readonly file: ModelFileId; readonly provider: string }
  | { readonly kind: 'edit' | 'duplicate'; readonly entry: EntryRef };

/** What is to become of an account; an empty name is the provider's, and an empty key the one that is kept. */
export interface AccountFields {
  readonly name: string;
  readonly baseUrl: string;
  readonly apiKey: string;
}

/** What can be tested: an account, by its id, or an entry. */
export type TestTarget =
  | { readonly kind: 'account'; readonly account: string }
  | { readonly kind: 'entry'; readonly entry: EntryRef };

/**
 * What the page of the providers may ask of the extension. `draftEntry` is answered by `ProvidersPageView.draft`. A key
 * that takes the place of another travels in `saveAccount`, and only upward.
 */
export type ProvidersIntent =
  | { readonly type: 'showPage'; readonly page: PageId }
  /** `line` is from 1. */
  | { readonly type: 'openModelFile'; readonly file: ModelFileId; readonly line?: number }
  | { readonly type: 'testProvider'; readonly target: TestTarget }
  | { readonly type: 'tryEntry'; readonly target: EntryTarget; readonly fields: EntryFields }
  | ({ readonly type: 'saveAccount'; readonly account: string } & AccountFields)
  | { readonly type: 'draftEntry'; readonly target: EntryTarget; readonly fields: EntryFields }
  | { readonly type: 'saveEntry'; readonly target: EntryTarget; readonly fields: EntryFields }
  | { readonly type: 'removeEntry'; readonly entry: EntryRef }
  | { readonly type: 'moveEntry'; readonly entry: EntryRef; readonly by: number }
  | { readonly type: 'enterKey'; readonly baseUrl: string }
  | { readonly type: 'fetchModels'; readonly entry: EntryRef; readonly allowed: boolean }
  | { readonly type: 'stopFetching' }
  | { readonly type: 'addModels'; readonly entry: EntryRef; readonly ids: readonly string[] };

/** All that the page of the providers shows. */
export interface ProvidersPageView {
  readonly accounts: readonly ProviderAccountView[];
  readonly files: readonly ModelFileView[];
  readonly draft?: EntryDraftView;
  readonly fetched?: FetchedView;
  readonly outcome?: OutcomeView;
  readonly tested?: TestedView;
  /** The host that is asked whether it takes an account as it is to become. */
  readonly checking?: string;
}

/** How something is, in a word; `off` is for what does not count. */
export interface StateWord {
  readonly text: string;
  readonly tone: 'good' | 'warning' | 'bad' | 'off';
}

/** An account, as the page of the providers shows it. */
export interface ProviderAccountView {
  readonly id: string;
  /** The provider that it is shown under. */
  readonly group: string;
  readonly name: string;
  readonly state: StateWord;
  /** Address, key and models, in a few words each. */
  readonly facts: readonly string[];
  /** Why its server has not taken it yet. */
  readonly why?: string;
  /** Whether its server can be asked once more with what is stored. */
  readonly again: boolean;
  readonly inUse: boolean;
  /** The model that it is to be used with. */
  readonly model?: { readonly id: string; readonly baseUrl: string };
  /** What its form begins with; absent where nothing of it can be changed here. */
  readonly edit?: AccountEditView;
  /** What a copy of it in a file begins with. */
  readonly copy?: EntryFields;
}

/** The form of an account. */
interface AccountEditView {
  readonly name: string;
  /** What it is called without a name of its own. */
  readonly usualName: string;
  readonly baseUrl: string;
  /** Why the address cannot be changed here. */
  readonly fixed?: string;
  readonly keyHint: string;
}

/** The outcome of a test below its row: `key` is that of an account, an entry, or `draft` for the form. */
export type TestedView = { readonly key: string } & (
  | { readonly kind: 'running'; readonly text: string }
  | { readonly kind: 'answered'; readonly text: string }
  | { readonly kind: 'failed'; readonly problem: { readonly message: string; readonly cause?: string } }
);

/** A file with its lists. */
export interface ModelFileView {
  readonly id: ModelFileId;
  readonly label: string;
  /** Empty where it is not known. */
  readonly path: string;
  readonly problem?: { readonly message: string };
  readonly lists: readonly ModelListView[];
}

/** The entries of one provider; `note` says why none of them counts. */
interface ModelListView {
  readonly provider: string;
  readonly note?: string;
  readonly entries: readonly EntryView[];
}

/** An entry as it stands in its file. */
export interface EntryView {
  readonly at: EntryRef;
  /** Stays the same wherever in its list the entry is. */
  readonly key: string;
  readonly name: string;
  readonly baseUrl: string;
  readonly fields: EntryFields;
  /** The provider, or else the host, that it is shown under. */
  readonly group: string;
  readonly state: StateWord;
  /** The line that something is wrong with, from 1. */
  readonly line?: number;
  /** Over how many entries of its list it is moved to come before, or behind, the next one of its group. */
  readonly up?: number;
  readonly down?: number;
  /** The account that its requests are signed with. */
  readonly account?: string;
  /** Why it does not count, in a sentence, where its state does not say it all. */
  readonly why?: string;
  readonly keyState?: KeyStateView;
  readonly selected: boolean;
  /** Whether requests can go to it. */
  readonly usable: boolean;
}

/** Where the key of an entry is, as what follows "Key". */
interface KeyStateView {
  readonly text: string;
  readonly tone: 'good' | 'warning' | 'bad';
}

/** What the form would make of these fields, and what is wrong with each. */
export interface EntryDraftView {
  readonly fields: EntryFields;
  readonly errors: Partial<Record<keyof EntryFields, string>>;
  readonly baseUrl?: string;
  readonly keyState?: KeyStateView;
}

/** The models of a server: asked for, found, or why not. `asks`: the person may allow it. */
export type FetchedView = { readonly entry: EntryRef; readonly host: string } & (
  | { readonly kind: 'running' }
  | {
      readonly kind: 'found';
      readonly models: readonly { readonly id: string; readonly listed: boolean }[];
      /** A note that they are not all, such as `the first 1,000 of 1,240`. */
      readonly cut?: string;
    }
  | {
      readonly kind: 'failed';
      readonly problem: { readonly message: string; readonly cause?: string };
      readonly asks: boolean;
    }
);

/** What came of the last change; `serial` tells one from the next, and `form` in which form it was asked for. */
export interface OutcomeView {
  readonly serial: number;
  readonly ok: boolean;
  readonly text: string;
  readonly form?: 'entry' | 'account';
}

/** A form of the sign-in that is to be filled in so far, for a key that is still to be typed. */
export interface KeyFormView {
  readonly serial: number;
  readonly method: 'coding-plan' | 'api-key';
  readonly provider: string;
  readonly region?: string;
  readonly baseUrl?: string;
}
