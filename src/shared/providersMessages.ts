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
}

/** What the form is about: a new entry, one that is there, or another like it. */
export type EntryTarget =
  | { readonly kind: 'add'; readonly file: ModelFileId; readonly provider: string }
  | { readonly kind: 'edit' | 'duplicate'; readonly entry: EntryRef };

/** What the page of the providers may ask of the extension. `draftEntry` is answered by `ProvidersPageView.draft`. */
export type ProvidersIntent =
  | { readonly type: 'showPage'; readonly page: PageId }
  | { readonly type: 'openModelFile'; readonly file: ModelFileId }
  | { readonly type: 'testModel'; readonly id: string; readonly baseUrl: string }
  | { readonly type: 'draftEntry'; readonly target: EntryTarget; readonly fields: EntryFields }
  | { readonly type: 'saveEntry'; readonly target: EntryTarget; readonly fields: EntryFields }
  | { readonly type: 'removeEntry'; readonly entry: EntryRef }
  | { readonly type: 'moveEntry'; readonly entry: EntryRef; readonly by: -1 | 1 }
  | { readonly type: 'enterKey'; readonly baseUrl: string }
  | { readonly type: 'fetchModels'; readonly entry: EntryRef; readonly allowed: boolean }
  | { readonly type: 'stopFetching' }
  | { readonly type: 'addModels'; readonly entry: EntryRef; readonly ids: readonly string[] };

/** All that the page of the providers shows. */
export interface ProvidersPageView {
  readonly files: readonly ModelFileView[];
  readonly draft?: EntryDraftView;
  readonly fetched?: FetchedView;
  readonly outcome?: OutcomeView;
}

/** A file with its lists; `exists` is false where the first entry makes it. */
export interface ModelFileView {
  readonly id: ModelFileId;
  readonly label: string;
  /** Empty where it is not known. */
  readonly path: string;
  readonly exists: boolean;
  readonly problem?: { readonly message: string };
  readonly lists: readonly ModelListView[];
}

/** The entries of one provider; `note` says why none of them counts. */
export interface ModelListView {
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
  /** Why it does not count; `why` in a sentence. */
  readonly badge?: { readonly text: string; readonly tone: 'warning' | 'bad'; readonly why?: string };
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

/** What came of the last change; `serial` tells one from the next. */
export interface OutcomeView {
  readonly serial: number;
  readonly ok: boolean;
  readonly text: string;
}

/** A form of the sign-in that is to be filled in so far, for a key that is still to be typed. */
export interface KeyFormView {
  readonly serial: number;
  readonly method: 'coding-plan' | 'api-key';
  readonly provider: string;
  readonly region?: string;
  readonly baseUrl?: string;
}
