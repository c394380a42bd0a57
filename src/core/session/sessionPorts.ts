import type { Event } from '../base/events';
import type { Clock, Log, SecretStore, UserAgent } from '../base/ports';
import type { ChatPorts } from '../chat/sdkClient';
import type { Configuration } from '../config/configuration';
import type { Settings } from '../config/settings';
import type { SelectionStore } from '../models/selection';
import type { RedirectPorts } from '../signIn/redirects';

/** What a session needs from outside. */
export interface SessionPorts extends ChatPorts {
  readonly clock: Clock;
  readonly secrets: SecretStore;
  readonly selection: SelectionStore;
  readonly settings: Settings;
  readonly onDidChangeSettings: Event<unknown>;
  readonly userAgent: string;
  readonly browser: UserAgent;
  readonly configuration: ConfigurationSource;
  /** Is told what a server does not take, and is not sent. */
  readonly log?: Pick<Log, 'info'>;
  /** For how long a sign-out can be undone, in milliseconds; 0 in a terminal, which asks before. */
  readonly undoMs: number;
  /** Absent in a terminal, to which no browser comes back. */
  readonly redirects?: RedirectPorts;
}

/** What files and the process say, kept up to date by whoever watches them. */
export interface ConfigurationSource {
  readonly current: Configuration;
  readonly onDidChange: Event<unknown>;
}
