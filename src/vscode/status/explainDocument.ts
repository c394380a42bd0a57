import { commands, type Disposable, EventEmitter, Uri, workspace } from 'vscode';
import type { Session } from '../../core/session/session';
import { explain, type Explanation, renderExplanation } from '../../core/views/explanation';

const SCHEME = 'qwen-explain';
const DOCUMENT = Uri.from({ scheme: SCHEME, path: '/Qwen configuration.md' });

/** The readable document that answers "why is this key used" and "where is my key". It follows the state. */
export interface ExplainDocument extends Disposable {
  /** Opens the document, and answers what it says. */
  open(): Promise<Explanation>;
}

/** Makes the document available; it is written whenever somebody looks. */
export function createExplainDocument(session: Session): ExplainDocument {
  const changed = new EventEmitter<Uri>();
  const current = (): Explanation => explain(session.snapshot, workspace.isTrusted);
  const subscriptions = [
    workspace.registerTextDocumentContentProvider(SCHEME, {
      onDidChange: changed.event,
      provideTextDocumentContent: () => renderExplanation(current()),
    }),
    session.onDidChange(() => changed.fire(DOCUMENT)),
    changed,
  ];
  return {
    open: async () => {
      changed.fire(DOCUMENT);
      await commands.executeCommand('markdown.showPreview', DOCUMENT);
      return current();
    },
    dispose: () => {
      for (const subscription of subscriptions) subscription.dispose();
    },
  };
}
