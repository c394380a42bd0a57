import { type Disposable, type ExtensionContext, Uri, ViewColumn, type WebviewPanel, window } from 'vscode';
import { isRecord } from '../../core/base/json';
import type { PageId } from '../../shared/providersMessages';
import type { PanelView } from '../answers/answerParts';
import { HostedPanel, type HostedPanelParts } from './hostedPanel';
import { readPage } from './providersMessages';
import { panelOptions } from './panelHtml';

const VIEW_TYPE = 'qwen.authPanel';

/** The auth panel in the editor area: at most one at a time. */
export type AuthPanel = PanelView & Disposable;

/** Makes the panel available; it is built from these parts when it is first shown, or revived after a reload. */
export function createAuthPanel({ extensionUri }: ExtensionContext, parts: () => HostedPanelParts): AuthPanel {
  let open: { readonly panel: WebviewPanel; readonly host: HostedPanel } | undefined;
  const adopt = (panel: WebviewPanel, page: PageId = 'signIn'): void => {
    open?.panel.dispose();
    panel.webview.options = panelOptions(extensionUri);
    panel.iconPath = Uri.joinPath(extensionUri, 'media', 'icon.svg');
    const own = { panel, host: new HostedPanel(panel, extensionUri, page, parts()) };
    open = own;
    panel.onDidDispose(() => {
      own.host.dispose();
      if (open === own) open = undefined;
    });
  };
  const serializer = window.registerWebviewPanelSerializer(VIEW_TYPE, {
    deserializeWebviewPanel: async (panel, state: unknown) =>
      adopt(panel, readPage(isRecord(state) ? state['page'] : undefined)),
  });
  return {
    show: (page = 'signIn') => {
      if (open) {
        open.panel.reveal();
        open.host.show(page);
      } else {
        adopt(
          window.createWebviewPanel(VIEW_TYPE, 'Qwen Auth', ViewColumn.Active, {
            ...panelOptions(extensionUri),
            // A key that was typed but not yet saved is nowhere else.
            retainContextWhenHidden: true,
          }),
          page,
        );
      }
    },
    isVisible: (page) => open?.panel.visible === true && open.host.page === page,
    dispose: () => {
      serializer.dispose();
      open?.panel.dispose();
    },
  };
}
