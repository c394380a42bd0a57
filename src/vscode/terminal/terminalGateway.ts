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
  access?: GatewayAccess;
  variables?: TerminalVariables;
  error?: unknown;
}

/**
 * The tokens of terminals. Variables are the same for all terminals of a window, or of a folder where there are several, so
 * these share one; a terminal that is opened with variables of its own has a token of its own, which ends with it.
 */
export class TerminalGateway implements Disposable {
  readonly #gateway: Gateway;
  readonly #defaults: Pick<OwnQwenSettings, 'files' | 'storage'>;
  readonly #changed = new EventEmitter<void>();
  readonly #openings = new Map<string, Opening>();

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
      void this.#open(opening, snapshot);
      return {};
    }
    if (known.error !== undefined) throw known.error;
    // More models may have become known.
    if (known.variables) void writeQwenCodeDefaults(this.#defaults, snapshot()).catch(() => undefined);
    return known.variables ?? {};
  }

  /** A token for one terminal, with the variables by which it is used. Throws `ConfigurationError` where there is none. */
  async openTerminal(snapshot: () => Snapshot): Promise<Disposable & { readonly variables: TerminalVariables }> {
    const access = await this.#gateway.open(snapshot);
    return { variables: await this.#variablesOf(access, snapshot()), dispose: () => access.dispose() };
  }

  /** Ends the tokens of all scopes but these. */
  keep(scopes: ReadonlySet<string>): void {
    for (const [scope, { access }] of this.#openings) {
      if (scopes.has(scope)) continue;
      this.#openings.delete(scope);
      access?.dispose();
    }
  }

  /** Ends every token. The terminals of a scope get another when they are asked for. */
  revoke(): void {
    const isUsed = this.#openings.size > 0;
    this.#openings.clear();
    this.#gateway.revoke();
    if (isUsed) this.#changed.fire();
  }

  dispose(): void {
    this.revoke();
    this.#changed.dispose();
  }

  async #open(opening: Opening, snapshot: () => Snapshot): Promise<void> {
    try {
      const access = await this.#gateway.open(snapshot);
      if (![...this.#openings.values()].includes(opening)) return access.dispose();
      opening.access = access;
      opening.variables = await this.#variablesOf(access, snapshot());
    } catch (error) {
      opening.error = error;
    }
    this.#changed.fire();
  }

  async #variablesOf(access: GatewayAccess, snapshot: Snapshot): Promise<TerminalVariables> {
    return {
      ...gatewayVariables(access, process.env),
      ...qwenCodeVariables(access),
      ...(await writeQwenCodeDefaults(this.#defaults, snapshot)),
    };
  }
}
