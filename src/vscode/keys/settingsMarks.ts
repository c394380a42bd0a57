import {
  CodeAction,
  CodeActionKind,
  Diagnostic as Mark,
  DiagnosticSeverity,
  type Disposable,
  languages,
  Range,
  type TextDocument,
  Uri,
  workspace,
  WorkspaceEdit,
} from 'vscode';
import { Lines } from '../../core/base/lines';
import { diagnoseSettings } from '../../core/diagnostics/diagnoseSettings';
import type { Span } from '../../core/diagnostics/diagnostic';
import type { Session } from '../../core/session/session';
import type { SettingsFile, SettingsFiles } from './settingsFiles';

const SOURCE = 'Qwen Auth';
const SEVERITIES = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
} as const;

/** Marks every problem of a file that counts on its line, and offers what mends it as a quick fix. */
export function followDiagnostics(session: Session, settings: SettingsFiles): Disposable {
  const collection = languages.createDiagnosticCollection(SOURCE);
  let turn = 0;
  let { configuration } = session.snapshot;
  const refresh = async (): Promise<void> => {
    const own = ++turn;
    const files = await settings.list();
    const marks = (await Promise.all(files.map((file) => marksOf(file, settings)))).flat();
    // A later reading knows better.
    if (own !== turn) return;
    const gone: [Uri, undefined][] = [];
    collection.forEach((uri) => gone.push([uri, undefined]));
    collection.set([...gone, ...marks, ...problemMarks(session)]);
  };
  const follow = async (document: TextDocument): Promise<void> => {
    if (await fileOf(document, settings)) await refresh();
  };
  void refresh();
  const subscriptions = [
    session.onDidChange(() => {
      if (session.snapshot.configuration === configuration) return;
      configuration = session.snapshot.configuration;
      void refresh();
    }),
    workspace.onDidChangeConfiguration(() => void refresh()),
    workspace.onDidOpenTextDocument((document) => void follow(document)),
    workspace.onDidChangeTextDocument(({ document }) => void follow(document)),
    workspace.onDidCloseTextDocument((document) => void follow(document)),
    languages.registerCodeActionsProvider(
      { pattern: '**/settings.json' },
      { provideCodeActions: (document, range, { diagnostics }) => quickFixes(document, range, diagnostics, settings) },
      { providedCodeActionKinds: [CodeActionKind.QuickFix] },
    ),
    collection,
  ];
  return {
    dispose: () => {
      turn = Number.POSITIVE_INFINITY;
      for (const subscription of subscriptions) subscription.dispose();
    },
  };
}

async function marksOf(
  { uri, shownAt, kind, expand }: SettingsFile,
  settings: SettingsFiles,
): Promise<[Uri, Mark[]][]> {
  const text = await settings.read(uri);
  if (text === undefined) return [];
  const lines = new Lines(text);
  const marks = diagnoseSettings(kind, text, expand).map((diagnostic) => {
    const { message, severity, code } = diagnostic;
    return markAt(rangeOf(lines, diagnostic), message, SEVERITIES[severity], code);
  });
  return [[shownAt, marks]];
}

/** What is wrong with files as a whole, or in what is no JSON; entries of settings are marked as their text is now. */
function problemMarks({ snapshot }: Session): [Uri, Mark[]][] {
  return snapshot.problems.flatMap(({ message, where, rule, severity }) => {
    if (!('file' in where) || where.line === undefined || rule) return [];
    const range = new Range(where.line - 1, 0, where.line, 0);
    return [[Uri.file(where.file), [markAt(range, message, SEVERITIES[severity], 'file')]]];
  });
}

function markAt(range: Range, message: string, severity: DiagnosticSeverity, code: string): Mark {
  const mark = new Mark(range, message, severity);
  mark.source = SOURCE;
  mark.code = code;
  return mark;
}

/** The fixes are those of the text as it is at this moment, whatever the marks were made of. */
async function quickFixes(
  document: TextDocument,
  range: Range,
  marks: readonly Mark[],
  settings: SettingsFiles,
): Promise<CodeAction[]> {
  const file = await fileOf(document, settings);
  const text = document.getText();
  const lines = new Lines(text);
  return (file ? diagnoseSettings(file.kind, text, file.expand) : []).flatMap((diagnostic) => {
    const { fix, code } = diagnostic;
    const own = rangeOf(lines, diagnostic);
    if (!fix || !own.intersection(range)) return [];
    const action = new CodeAction(fix.title, CodeActionKind.QuickFix);
    action.diagnostics = marks.filter(
      (mark) => mark.source === SOURCE && mark.code === code && mark.range.isEqual(own),
    );
    action.isPreferred = true;
    if (fix.kind === 'edit') {
      action.edit = new WorkspaceEdit();
      action.edit.replace(document.uri, rangeOf(lines, fix), fix.newText);
    } else {
      const argument = { file: document.uri.toString(), place: fix.place };
      action.command = { command: 'qwen.moveKey', title: fix.title, arguments: [argument] };
    }
    return [action];
  });
}

async function fileOf({ uri }: TextDocument, settings: SettingsFiles): Promise<SettingsFile | undefined> {
  return (await settings.list()).find((file) => file.uri.toString() === uri.toString());
}

function rangeOf(lines: Lines, { offset, length }: Span): Range {
  const [start, end] = [lines.positionAt(offset), lines.positionAt(offset + length)];
  return new Range(start.line, start.character, end.line, end.character);
}
