import { type Disposable, EventEmitter } from 'vscode';
import type { Gateway, GatewayAccess } from '../../core/gateway/gateway';
import { gatewayVariables } from '../../core/gateway/gatewayVariables';
import { qwenCodeVariables } from '../../core/gateway/qwenCodeModels';
import type { Snapshot } from '../../core/session/snapshot';
import type { TerminalVariables } from '../../core/terminal/terminalVariables';
import { writeQwenCodeDefaults } from './qwenCodeDefaults';
import type { OwnQwenSettings } from './ownQwenSettings';

/** What the terminals of a window or a folder have in common, as far as it is there; `error` is why it is not. */
interface Opening {
  /** Resolves once it is there, or it is known why it is not. */
  done?: Promise<void>;
  access?: GatewayAccess;
  variables?: TerminalVariables;
  error?: unknown;
}

/**
 * The tokens of terminals. Variables are the same for all terminals of a window, or of a folder where there are
 * several, so these share one; a terminal that is opened with variables of its own has a token of its own, which ends
 * with it.
 */
export class TerminalGateway implements Disposable {
  readonly #gateway: Gateway;
  readonly #defaults: Pick<OwnQwenSettings, 'files' | 'storage'>;
  readonly #changed = new EventEmitter<void>();
  readonly #openings = new Map<string, Opening>();
  /** Those that a sign-out or the person has ended: their terminals are told so for as long as others are served. */
  readonly #ended = new Set<GatewayAccess>();

  /** Fires when `variablesOf` answers something else. */
  readonly onDidChange = this.#changed.event;

  constructor(gateway: Gateway, defaults: Pick<OwnQwenSettings, 'files' | 'storage'>) {
    this.#gateway = gateway;
    this.#defaults = defaults;
  }

  /** The variables for the terminals of a scope; none before its token is made. Throws why it cannot be made. */
  variablesOf(scope: string, snapshot: () => Snapshot): TerminalVariables {
    const known = this.#openings.get(scope);
    if (known === undefined) {
      const opening: Opening = {};
      this.#openings.set(scope, opening);
      opening.done = this.#open(scope, opening, snapshot);
      return {};
    }
    if (known.error !== undefined) throw known.error;
    // More models may have become known.
    if (known.variables) void writeQwenCodeDefaults(this.#defaults, snapshot()).catch(() => undefined);
    return known.variables ?? {};
  }

  /** Resolves once the token of a scope is made, or cannot be; at once where nobody has asked for its variables. */
  async opened(scope: string): Promise<void> {
    await this.#openings.get(scope)?.done;
  }

  /**
   * A token for one terminal, with the variables by which it is used. Throws `ConfigurationError` where there is none.
   */
  async openTerminal(snapshot: () => Snapshot): Promise<Disposable & { readonly variables: TerminalVariables }> {
    const defaults = await writeQwenCodeDefaults(this.#defaults, snapshot());
    const access = await this.#gateway.open(snapshot);
    return { variables: { ...variablesOf(access), ...defaults }, dispose: () => access.dispose() };
  }

  /** Ends the tokens of all scopes but these. */
  keep(scopes: ReadonlySet<string>): void {
    for (const [scope, { access }] of this.#openings) {
      if (scopes.has(scope)) continue;
      this.#openings.delete(scope);
      access?.dispose();
    }
    if (scopes.size > 0) return;
    for (const access of this.#ended) access.dispose();
    this.#ended.clear();
  }

  /** Ends every token. New terminals of a scope get another, as they do after a sign-out. */
  revoke(): void {
    this.#gateway.revoke();
  }

  dispose(): void {
    this.#openings.clear();
    this.#changed.dispose();
    this.#gateway.dispose();
  }

  async #open(scope: string, opening: Opening, snapshot: () => Snapshot): Promise<void> {
    const isWanted = (): boolean => this.#openings.get(scope) === opening;
    try {
      const access = await this.#gateway.open(snapshot);
      if (!isWanted()) return access.dispose();
      opening.access = access;
      const drop = (): void => {
        if (!isWanted()) return;
        this.#openings.delete(scope);
        this.#ended.add(access);
        this.#changed.fire();
      };
      if (access.ended.aborted) return drop();
      access.ended.addEventListener('abort', drop);
      // Without them `qwen` lists our models no more, and is answered all the same.
      const defaults = await writeQwenCodeDefaults(this.#defaults, snapshot()).catch(() => ({}));
      opening.variables = { ...variablesOf(access), ...defaults };
    } catch (error) {
      opening.error = error;
    }
    this.#changed.fire();
  }
}

function variablesOf(access: GatewayAccess): TerminalVariables {
  return { ...gatewayVariables(access, process.env), ...qwenCodeVariables(access) };
}
