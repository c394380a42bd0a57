import { mkdirSync } from 'node:fs';
import { readArguments } from '../../src/core/config/readArguments';
import { readConfiguration } from '../../src/core/config/configuration';
import type { Account } from '../../src/core/credentials/account';
import { describeSource, type Source } from '../../src/core/providers/source';
import type { ModelIdentity } from '../../src/core/providers/model';
import type { Snapshot } from '../../src/core/session/snapshot';
import { buildSnapshot } from '../../src/core/session/buildSnapshot';
import { createMemoryStateStore } from './memoryStateStore';
import { snapshot } from './snapshots';
import { createTemporaryFolder, type Contents } from './temporaryFolder';

/** Everything that a person may have set; the files lie below `home`, and `home/project` is open. */
export interface Setup {
  readonly files?: Contents;
  readonly environment?: Readonly<Record<string, string | undefined>>;
  readonly accounts?: readonly Account[];
  /** The setting `qwen.modelProviders`. */
  readonly providers?: unknown;
  readonly chosenHere?: ModelIdentity;
  readonly chosenByDefault?: ModelIdentity;
  readonly trusted?: boolean;
  /** What is said on the command line. */
  readonly commandLine?: Parameters<typeof readArguments>[0];
}

/** What is known with that setup, read from real files; paths begin at the home folder's parent. */
export async function configured(setup: Setup): Promise<Snapshot> {
  const folder = createTemporaryFolder(setup.files);
  try {
    mkdirSync(folder.at('home/project'), { recursive: true });
    const read = await readConfiguration({
      files: folder.files,
      environment: setup.environment ?? {},
      home: folder.at('home'),
      folder: folder.at('home/project'),
      trusted: setup.trusted ?? true,
    });
    const commandLine = readArguments(setup.commandLine ?? {});
    const configuration = { ...read, variables: { ...read.variables, commandLine } };
    const selection = { workspace: createMemoryStateStore(), global: createMemoryStateStore() };
    await selection.workspace.set('model', setup.chosenHere);
    await selection.global.set('model', setup.chosenByDefault);
    const stored = { accounts: setup.accounts ?? [], unreadable: [], problems: [] };
    return snapshot(
      buildSnapshot({ stored, settingsProblems: [], modelProviders: setup.providers, configuration, selection }),
    );
  } finally {
    folder.remove();
  }
}

/** Model, base URL, last four of the key, the kinds of their sources, and `asks` where a person has to allow it. */
export function inShort({ selected, credential, consent }: Snapshot): string {
  if (!selected) return 'no model';
  const key = credential?.kind === 'key' && credential.key ? credential.key.last4 : 'no key';
  const sources = [selected.source.kind, selected.baseUrlSource.kind, credential?.source.kind ?? 'missing'];
  const question = consent === 'notNeeded' ? [] : ['asks'];
  return [selected.id, selected.baseUrl, key, sources.join(' '), ...question].join(' | ');
}

/** The source as a phrase, with paths as they are in the setup. */
export function sourceInShort(source: Source | undefined): string | undefined {
  return source && describeSource(source).replace(/\S*qwen-auth-files-[^/\\]*[/\\]/, '');
}
