import type { Disposable } from '../../core/base/events';
import { modelFiles } from '../../core/config/modelFiles';
import { CUSTOM_SERVER } from '../../core/providers/catalogue';
import { targetOf } from '../../core/plainWords/providerNames';
import { ProvidersPage, type ProvidersPagePorts } from '../../core/views/providersPage';
import type { Session } from '../../core/session/session';
import type { KeyFormView, ProvidersIntent, ProvidersPageView, PageId } from '../../shared/providersMessages';
import { openModelFile } from './userSettings';

/** What the page works on. */
export interface HostedProvidersPageParts extends ProvidersPagePorts {
  readonly session: Session;
}

/** The page of the providers in one panel. */
export interface HostedProvidersPage extends Disposable {
  view(): ProvidersPageView;
  /** The form for a key that was asked for last. */
  keyForm(): KeyFormView | undefined;
  handle(intent: ProvidersIntent): Promise<void>;
}

/** Makes the page for a panel that `turn`s to another one; `changed` is called whenever its view has become another. */
export function createHostedProvidersPage(
  ports: HostedProvidersPageParts,
  turn: (page: PageId) => void,
  changed: () => void,
): HostedProvidersPage {
  const page = new ProvidersPage(ports);
  const subscription = page.onDidChange(changed);
  let keyForm: KeyFormView | undefined;
  return {
    view: () => page.view(),
    keyForm: () => keyForm,
    handle: async (intent) => {
      switch (intent.type) {
        case 'showPage':
          return turn(intent.page);
        case 'openModelFile': {
          const files = modelFiles(ports.session.snapshot.configuration, ports.userSettings);
          return await openModelFile(intent.file, files.find(({ id }) => id === intent.file)?.path);
        }
        case 'testModel':
          await ports.session.switchModel(intent);
          await ports.session.testConnection();
          return;
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
          return page.stopFetching();
        case 'addModels':
          return await page.addModels(intent.entry, intent.ids);
        case 'enterKey':
          keyForm = { ...keyFormFor(intent.baseUrl), serial: (keyForm?.serial ?? 0) + 1 };
          return turn('signIn');
      }
    },
    dispose: () => {
      subscription.dispose();
      page.dispose();
    },
  };
}

/** The form whose key goes to that base URL. */
function keyFormFor(baseUrl: string): Omit<KeyFormView, 'serial'> {
  const { provider, region } = targetOf(baseUrl, undefined) ?? {};
  if (!provider) return { method: 'api-key', provider: CUSTOM_SERVER.id, baseUrl };
  return {
    method: provider.method,
    provider: provider.id,
    ...(region && { region: region.id }),
    ...(provider.baseUrl === 'required' && { baseUrl }),
  };
}
