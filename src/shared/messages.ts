import type { ModelGroupChange, ModelGroupView, ModelInUseView } from './modelViews';
import type { KeyFormView, ProvidersIntent, ProvidersPageView } from './providersMessages';
import type { DraftView, MethodId, MethodView, ProviderView } from './signInViews';
import type { UsageIntent, UsageView } from './usageMessages';

/** How a sign-in comes about: by a redirect of the browser, by a code, by what is pasted, or by a key. */
type FlowId = 'loopback' | 'uriHandler' | 'device' | 'paste' | 'key';

/**
 * What the panel may ask of the extension. A key travels only here, upward, once: in the `signIn` that saves it; so
 * does the address or code that ends a sign-in in the browser, in `pasteRedirect`. `draft` asks for a preview of the
 * base URL that the form would use; the answer is `PanelState.draft`. `findLocalServers` asks which servers of this
 * computer answer, and is answered by `PanelState.localServers`.
 */
export type ToHost =
  | { readonly type: 'ready' }
  | ({ readonly type: 'signIn'; readonly method: MethodId } & SignInFields)
  | ({ readonly type: 'signInAtServer' } & OAuthServerView)
  | { readonly type: 'cancelSignIn' }
  | { readonly type: 'openVerificationPage' }
  | { readonly type: 'copyVerificationPage' }
  | { readonly type: 'pasteRedirect'; readonly text: string }
  | { readonly type: 'signOut'; readonly account: string }
  | { readonly type: 'tryAgain'; readonly account: string }
  | { readonly type: 'switchModel'; readonly id: string; readonly baseUrl: string }
  | { readonly type: 'checkOtherRegions' }
  | { readonly type: 'sendKey'; readonly to: 'here' | 'there' }
  | { readonly type: 'enterModel' }
  | { readonly type: 'chooseFolder' }
  | { readonly type: 'chooseModel' }
  | { readonly type: 'choosePlan'; readonly plan: 'codingPlan' | 'tokenPlan' }
  | { readonly type: 'allowWorkspace' }
  | { readonly type: 'testConnection' }
  | { readonly type: 'useInChat' }
  | { readonly type: 'manageTrust' }
  | { readonly type: 'refreshModels' }
  | { readonly type: 'findLocalServers' }
  | { readonly type: 'configureFromText' }
  | { readonly type: 'explain' }
  | { readonly type: 'draft'; readonly provider: string; readonly region?: string; readonly baseUrl?: string }
  | { readonly type: 'openConsole'; readonly provider: string; readonly region?: string }
  | { readonly type: 'openDocs'; readonly provider: string; readonly region?: string }
  | { readonly type: 'openSettings'; readonly setting: string }
  | { readonly type: 'useInTerminal'; readonly on: boolean }
  | { readonly type: 'openQwenCode' }
  | { readonly type: 'writeQwenCodeSettings' }
  | { readonly type: 'setLogLevel' }
  | { readonly type: 'showLog' }
  | { readonly type: 'copyDiagnostics' }
  | ProvidersIntent
  | UsageIntent;

/** An authorization server other than Qwen's, as its form has it; what is not filled in is empty. */
export interface OAuthServerView {
  readonly issuer: string;
  readonly clientId: string;
  /** The base URL of the API that its tokens are for. */
  readonly api: string;
  readonly scopes: string;
}

/** What a form may fill in; everything that is left out is taken from the catalogue, or is what fits best here. */
interface SignInFields {
  readonly flow?: FlowId;
  readonly provider?: string;
  readonly region?: string;
  readonly baseUrl?: string;
  readonly apiKey?: string;
  readonly model?: string;
  /** Goes on although the last sign-in was refused, or the key looks like one for another provider. */
  readonly anyway?: true;
}

/** What goes down: all that a page shows once it is `ready`, and from then on what has changed of it. */
export type ToPanel =
  | { readonly type: 'state'; readonly state: PanelState }
  | ({ readonly type: 'changes' } & StateChanges);

/** What has changed of the state since the message before. */
export interface StateChanges {
  /** The fields that are other ones, each whole. */
  readonly changed: Partial<PanelState>;
  /** The names of the fields that are not there any more: a message cannot hold `undefined`. */
  readonly gone: readonly string[];
  /** What has changed within the list of models, which is not in `changed` then. */
  readonly models?: readonly ModelGroupChange[];
}

/** Everything the panel shows. No field of it can hold a stored key or token. */
export interface PanelState {
  /** The folder that all of it is about, where several are open. */
  readonly folder?: string;
  readonly session: SessionView;
  readonly accounts: readonly AccountView[];
  readonly methods: readonly MethodView[];
  /** The authorization server that the settings name in place of Qwen's. */
  readonly oauthServer?: OAuthServerView;
  readonly providers: readonly ProviderView[];
  /** The base URL that the form as last drafted would use, or what is wrong with it. */
  readonly draft: DraftView | undefined;
  /** A list of thousands, apart from what changes while it stays the same. */
  readonly models: readonly ModelGroupView[];
  readonly modelInUse?: ModelInUseView;
  /** The models that were in use last when the page was opened, the latest first; some may be gone. */
  readonly recentModels?: readonly Pick<ModelInUseView, 'id' | 'baseUrl'>[];
  /** By base URL, of what time the server's own list is, and whether it could be had last. */
  readonly listAges: Readonly<Record<string, string>>;
  /** Entries of `qwen.modelProviders` that could not be used, in words. */
  readonly warnings: readonly ProblemView[];
  readonly connection: ConnectionView;
  /** The way to the chat, where there is a model for it. */
  readonly chat?: ChatView;
  /** The ids of providers that answer on this computer; undefined before they were asked. */
  readonly localServers?: readonly string[];
  /** What is known of the limits of the model in use. */
  readonly limits?: LimitsView;
  /** What new terminals get. */
  readonly terminal?: TerminalView;
  /** Why what was pasted last does not end the sign-in; `serial` tells one refusal from the next. */
  readonly pasteError?: { readonly serial: number; readonly text: string };
  /** The page of the providers, where it is the one that is shown. */
  readonly providersPage?: ProvidersPageView;
  /** The page of the usage, where it is the one that is shown. */
  readonly usage?: UsageView;
  /** What is known of the limits of every account, beside the usage. */
  readonly accountLimits?: readonly AccountLimitsView[];
  /** The form to go to for a key that is missing. */
  readonly keyForm?: KeyFormView;
}

/** The state of being signed in; `failed` and `expired` come with the way out. */
export type SessionView =
  | { readonly kind: 'loading' }
  | { readonly kind: 'signedOut'; readonly title: string; readonly detail: string }
  | {
      readonly kind: 'signingIn';
      readonly method: MethodId;
      readonly title: string;
      readonly step: StepView;
      /** The other ways to sign in, once this one takes long. */
      readonly ways?: readonly ActionView[];
    }
  | {
      readonly kind: 'signedIn';
      /** A warning where the server has not taken the credential yet. */
      readonly tone: 'good' | 'warning';
      readonly title: string;
      readonly detail: string;
      /** Why the credential in use could not be verified. */
      readonly doubt?: ProblemView;
      /** Why signing in another way failed. */
      readonly failure?: FailureView;
    }
  | {
      readonly kind: 'expired' | 'failed';
      readonly tone: Tone;
      readonly title: string;
      readonly method: MethodId;
      readonly problem: ProblemView;
      /** The other ways to do what failed. */
      readonly ways?: readonly ActionView[];
      /** Why signing in anew failed. */
      readonly failure?: FailureView;
    };

/** How a message is meant: what failed may be mended by what is good to know. */
export type Tone = 'good' | 'warning' | 'bad';

/** A sign-in that failed, and what else to try. */
export interface FailureView {
  readonly method: MethodId;
  readonly tone: Tone;
  readonly problem: ProblemView;
  readonly ways?: readonly ActionView[];
}

/** Where a sign-in stands. `expiresAt` is in milliseconds since the epoch. */
export type StepView =
  | { readonly kind: 'contacting'; readonly host: string }
  | { readonly kind: 'checking'; readonly host: string }
  | { readonly kind: 'redirect'; readonly host: string; readonly flow: 'loopback' | 'uriHandler' | 'paste' }
  | {
      readonly kind: 'userCode';
      readonly userCode: string;
      readonly verificationUri: string;
      readonly host: string;
      readonly expiresAt: number;
    };

/** What went wrong, in a sentence, why, and the one button that mends it; `others` where the person has to choose. */
export interface ProblemView {
  readonly message: string;
  readonly cause?: string;
  readonly action?: ActionView;
  readonly others?: readonly ActionView[];
}

/** A button: its label, and what it asks for. `showMethod` goes to the form of a method, and of a place there. */
export interface ActionView {
  readonly label: string;
  readonly intent:
    | ToHost
    | ({ readonly type: 'showMethod'; readonly method: MethodId } & Pick<
        SignInFields,
        'provider' | 'region' | 'baseUrl'
      >);
}

/** A credential that is stored, described without its secret. */
export interface AccountView {
  readonly id: string;
  readonly label: string;
  readonly detail: string;
  /** Where its requests go: the host and the path. */
  readonly address: string;
  /** A word on its state, e.g. `Signed in`, `Not verified`, `Key refused`. */
  readonly status: string;
  readonly tone: 'good' | 'warning' | 'bad';
  /** Whether the model in use is answered with it. */
  readonly active: boolean;
  /** What may mend it. */
  readonly actions: readonly ActionView[];
  /** The way to another key where nothing needs mending. */
  readonly replace?: ActionView;
}

/** A test of the connection: not yet made, under way with the text so far, or its outcome. */
export type ConnectionView =
  | { readonly kind: 'none' }
  | { readonly kind: 'running'; readonly model: string; readonly text: string }
  | {
      readonly kind: 'answered';
      readonly model: string;
      readonly host: string;
      readonly text: string;
      readonly firstTokenMs: number;
      /** Where the key, the base URL and the model came from, each a label and a sentence. */
      readonly sources: readonly { readonly label: string; readonly text: string }[];
    }
  | { readonly kind: 'failed'; readonly problem: ProblemView };

/** The button that leads to VS Code's chat, or to what keeps it away; then `note` says what that is. */
export interface ChatView extends ActionView {
  readonly note?: string;
}

/** Whether the sign-in is used in the terminal, what new terminals get of it, and why they may get nothing. */
export interface TerminalView {
  readonly isOn: boolean;
  readonly text: string;
  readonly problem?: ProblemView;
}

/** The limits of the server of the model in use, each with who says so: we, who counted, or the server. */
export interface LimitsView {
  readonly host: string;
  readonly rows: readonly {
    readonly label: string;
    readonly text: string;
    readonly source: string;
    readonly tone: 'normal' | 'warning';
    /** From 0 to 100, for a bar, where there is a limit. */
    readonly usedPercent?: number;
  }[];
  /** Where to go on meanwhile, or what the person has still to say, so that more can be shown. */
  readonly action?: ActionView;
}

/** The limits of an account. */
export interface AccountLimitsView extends LimitsView {
  readonly id: string;
  readonly label: string;
}
