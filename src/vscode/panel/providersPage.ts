import type { Disposable } from '../../core/base/events';
import { modelFiles } from '../../core/config/modelFiles';
import { targetOf } from '../../core/plainWords/providerNames';
import { ProvidersPage, type ProvidersPagePorts } from '../../core/views/providersPage';
import type { Session } from '../../core/session/session';
import { replacedText } from '../../core/views/signOutView';
import type { KeyFormView, ProvidersPageView, PageId } from '../../shared/providersMessages';
import type { AnswerParts } from '../answers/answerParts';
import { offerUndo } from '../signIn/undo';
import type { ProvidersMessage } from './providersMessages';
import { openModelFile } from './userSettings';

/** What the page works on. */
export interface HostedProvidersPageParts extends ProvidersPagePorts {
  readonly session: Session;
  /** What a change that can be undone is told with. */
  readonly commands: AnswerParts;
}

/** The page of the providers in one panel. */
export class HostedProvidersPage implements Disposable {
  readonly #parts: HostedProvidersPageParts;
  readonly #turn: (page: PageId) => void;
  readonly #page: ProvidersPage;
  readonly #subscription: Disposable;
  #keyForm: KeyFormView | undefined;

  /** The page of a panel that `turn`s to another one; `changed` is called whenever its view has become another. */
  constructor(parts: HostedProvidersPageParts, turn: (page: PageId) => void, changed: () => void) {
    this.#parts = parts;
    this.#turn = turn;
    this.#page = new ProvidersPage(parts);
    this.#subscription = this.#page.onDidChange(changed);
  }

  /** The form for a key that was asked for last. */
  get keyForm(): KeyFormView | undefined {
    return this.#keyForm;
  }

  /** All that is shown. */
  view(): ProvidersPageView {
    return this.#page.view();
  }

  /** Does what the page asks for. */
  async handle(intent: ProvidersMessage): Promise<void> {
    const { session, userSettings } = this.#parts;
    const page = this.#page;
    switch (intent.type) {
      case 'showPage':
        return this.#turn(intent.page);
      case 'openModelFile': {
        const files = modelFiles(session.snapshot.configuration, userSettings);
        return await openModelFile(intent.file, files.find(({ id }) => id === intent.file)?.path, intent.line);
      }
      case 'testProvider':
        return await page.test(intent.target);
      case 'tryEntry':
        return await page.try(intent.target, intent.fields);
      case 'saveAccount':
        return await this.#saveAccount(intent);
      case 'draftEntry':
        return page.draft(intent.target, intent.fields);
      case 'saveEntry':
        return await page.save(intent.target, intent.fields);
      case 'removeEntry':
        return await page.remove(intent.entry);
      case 'moveEntry':
        return await page.move(intent.entry, intent.by);
      case 'fetchModels':
        return await page.fetchModels(intent.entry, intent.allowed);
      case 'stopFetching':
        return page.stop();
      case 'addModels':
        return await page.addModels(intent.entry, intent.ids);
      case 'enterKey':
        this.#keyForm = { ...keyFormFor(intent.baseUrl), serial: (this.#keyForm?.serial ?? 0) + 1 };
        return this.#turn('signIn');
    }
  }

  async #saveAccount({ account, ...change }: Extract<ProvidersMessage, { type: 'saveAccount' }>): Promise<void> {
    const signedIn = await this.#page.saveAccount(account, change);
    const replaced = signedIn?.replaced;
    if (replaced) void offerUndo(this.#parts.commands, replacedText(replaced.account), [replaced.name]);
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#page.dispose();
  }
}

/** The form whose key goes to that base URL. */
function keyFormFor(baseUrl: string): Omit<KeyFormView, 'serial'> {
  const { provider, region } = targetOf(baseUrl, undefined);
  return {
    method: provider.method,
    provider: provider.id,
    ...(region && { region: region.id }),
    ...(provider.baseUrl === 'required' && { baseUrl }),
  };
}
