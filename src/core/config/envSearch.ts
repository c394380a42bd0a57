import * as l10n from '@vscode/l10n';
import { joinSentences } from '../../language/joinSentences';
import path from 'node:path';
import { below } from '../base/below';
import { ConfigurationError } from '../base/errors';
import { foreignFile, type OwnedRead, readOwnedFile, realFolders } from '../base/ownedFile';
import type { Ownership, OwnFolders } from '../base/ownership';
import type { Side } from '../providers/source';
import type { Files } from '../base/ports';
import { type EnvFile, readEnvFile } from './envFile';
import { isSameFolder, qwenHome, type QwenHomePlaces } from './qwenHome';

/** A place where an environment file may be, and what was found there. */
export type EnvCandidate =
  | {
      readonly path: string;
      readonly outcome: 'used' | 'missing' | 'folder' | 'broken' | 'notReached';
    }
  /** `isThere`: it exists, in the folder itself; of its contents nothing is known. */
  | { readonly path: string; readonly outcome: 'untrusted'; readonly isThere?: true }
  | { readonly path: string; readonly outcome: 'foreign'; readonly why: string };

/** What a search for an environment file came to. */
export interface EnvSearch {
  /** The one file that counts. */
  readonly file: EnvFile | undefined;
  /** Those that would have counted, had the search not ended before: nothing of them is used. */
  readonly hidden: readonly EnvFile[];
  /** Every place, in the order of the search. */
  readonly candidates: readonly EnvCandidate[];
  readonly problems: readonly ConfigurationError[];
}

/** Where to search. A folder that is not trusted is not searched; the home folder is the person's own. */
export interface EnvPlaces extends QwenHomePlaces {
  readonly folder: string | undefined;
  readonly trusted: boolean;
  readonly beside?: readonly string[];
}

const NAMES = [path.join('.qwen', '.env'), '.env'];

/**
 * From the folder upward to the root, in each folder `.qwen/.env` before `.env`; the home folder's only when nothing
 * was found, and before them the one where `QWEN_HOME` puts Qwen Code's files. The first file found is the only one
 * that counts, and ends the search even when it cannot be read: to go on would be to use another key than the one that
 * is meant, in silence. `folders` are those of `ownFolders`.
 */
export async function searchEnvFile(files: Files, places: EnvPlaces, folders: OwnFolders): Promise<EnvSearch> {
  const candidates: EnvCandidate[] = [];
  let used: EnvFile | undefined;
  const hidden: EnvFile[] = [];
  const problems: ConfigurationError[] = [];
  let ended = false;
  // All at once: a folder may be deep below the root, and a disk far away.
  const reads = await Promise.all(
    candidatesOf(places).map(async ({ path: candidate, isHome }) => {
      const mayRead = isHome || places.trusted;
      const read =
        mayRead && asText(await readOwnedFile(files, candidate, isHome ? { ...folders, chosen: [] } : folders));
      return { candidate, isHome, read: read || (await untrusted(files, candidate, places.folder)) };
    }),
  );
  for (const { candidate, isHome, read } of reads) {
    if ('outcome' in read) {
      candidates.push(ended ? { path: candidate, outcome: 'notReached' } : read);
      continue;
    }
    const file = read.kind === 'text' && readEnvFile(candidate, sideOf(read.ownership, isHome), read.text);
    if (file && ended) hidden.push(file);
    else if (file) used = file;
    if (!ended) problems.push(...problemsOf(candidate, read, isHome));
    candidates.push(ended ? { path: candidate, outcome: 'notReached' } : outcomeOf(candidate, read));
    ended ||= read.kind === 'text' || read.kind === 'broken';
  }
  return { file: used, hidden, candidates, problems };
}

/** The file that is in the folder and not read, because the folder is not trusted. */
export function unreadEnvFile({ envSearch }: { readonly envSearch: EnvSearch }): string | undefined {
  return envSearch.candidates.find((one) => 'isThere' in one)?.path;
}

async function untrusted(files: Files, file: string, folder: string | undefined): Promise<EnvCandidate> {
  const isOfFolder = folder !== undefined && NAMES.some((name) => file === path.join(path.resolve(folder), name));
  const isThere = isOfFolder && (await files.followLinks(file)).target !== undefined;
  return { path: file, outcome: 'untrusted', ...(isThere && { isThere }) };
}

function sideOf(ownership: Exclude<Ownership['kind'], 'foreign'>, isHome: boolean): Side {
  return isHome ? 'person' : ownership === 'chosen' ? 'workspace' : 'outside';
}

function outcomeOf(candidate: string, read: OwnedRead): EnvCandidate {
  if (read.kind === 'foreign') return { path: candidate, outcome: 'foreign', why: read.why };
  return { path: candidate, outcome: read.kind === 'text' ? 'used' : read.kind };
}

function problemsOf(candidate: string, read: OwnedRead, isHome: boolean): readonly ConfigurationError[] {
  switch (read.kind) {
    case 'foreign':
      // Anybody may put a file on the way up, so that nothing is wrong there.
      return [foreignFile(candidate, read.why, isHome ? 'warning' : 'information')];
    case 'broken':
      return [problem(candidate, l10n.t('{why}, so no environment file is used', { why: read.why }), read.mend)];
    case 'folder':
      return [problem(candidate, l10n.t('is a folder, so it is passed over'))];
    case 'text':
    case 'missing':
      return [];
  }
}

/** An encrypted file would be one without variables, and `dotenv` says nothing of it. */
function asText(read: OwnedRead): OwnedRead {
  if (read.kind !== 'text' || !read.text.includes('\0')) return read;
  const { ownership } = read;
  return { kind: 'broken', why: l10n.t('is no text'), mend: l10n.t('If it is encrypted, unlock it first.'), ownership };
}

/** The folders that decide whose a file is. */
export async function ownFolders(
  files: Files,
  { folder, trusted, beside = [], ...places }: EnvPlaces,
): Promise<OwnFolders> {
  const chosen = trusted ? [...(folder === undefined ? [] : [folder]), ...beside] : [];
  return await realFolders(files, { chosen, own: [places.home, qwenHome(places)] });
}

/** Every path of the search, in its order. */
export function envPaths(places: EnvPlaces): readonly string[] {
  return candidatesOf(places).map((candidate) => candidate.path);
}

function candidatesOf(places: EnvPlaces): readonly { readonly path: string; readonly isHome: boolean }[] {
  const home = path.resolve(places.home);
  const own = path.join(qwenHome(places), '.env');
  const upward = places.folder === undefined ? [] : ancestors(path.resolve(places.folder));
  const folders = upward.map((directory) => (isSameFolder(directory, home) ? home : directory));
  const files = [...new Set([...folders, home])].flatMap((directory) => [
    ...(directory === home ? [own] : []),
    ...NAMES.map((name) => below(directory, name)),
  ]);
  const homeFiles = new Set([own, ...NAMES.map((name) => below(home, name))]);
  return [...new Set(files)].map((file) => ({ path: file, isHome: homeFiles.has(file) }));
}

function ancestors(directory: string): readonly string[] {
  const parent = path.dirname(directory);
  return parent === directory ? [directory] : [directory, ...ancestors(parent)];
}

function problem(file: string, what: string, mend = l10n.t('Mend or remove it.')): ConfigurationError {
  return new ConfigurationError({ file, line: 1 }, joinSentences(l10n.t('{file} {what}.', { file, what }), mend));
}
