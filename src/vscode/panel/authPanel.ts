import { type Disposable, type ExtensionContext, Uri, ViewColumn, type WebviewPanel, window } from 'vscode';
import { isRecord } from '../../core/base/json';
import type { PageId } from '../../shared/providersMessages';
import { type HostedPanel, type HostedPanelParts, hostPanel } from './hostedPanel';
import { readPage } from './providersMessages';
import { panelOptions } from './panelHtml';

const VIEW_TYPE = 'qwen.authPanel';

/** The auth panel in the editor area: at most one at a time. */
export interface AuthPanel extends Disposable {
  /** Shows the panel on that page, the one to sign in on unless given. */
  show(page?: PageId): void;
  /** Whether that page is in view. */
  isVisible(page: PageId): boolean;
}

/** Makes the panel available; it is built when it is first shown, or revived after a reload. */
export function createAuthPanel({ extensionUri }: ExtensionContext, parts: HostedPanelParts): AuthPanel {
  let open: { readonly panel: WebviewPanel; readonly host: HostedPanel } | undefined;
  const adopt = (panel: WebviewPanel, page: PageId = 'signIn'): void => {
    open?.panel.dispose();
    panel.webview.options = panelOptions(extensionUri);
    panel.iconPath = Uri.joinPath(extensionUri, 'media', 'icon.svg');
    const own = { panel, host: hostPanel(panel, extensionUri, page, parts) };
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
