import * as l10n from '@vscode/l10n';
import { type EnvCandidate, unreadEnvFile } from '../config/envSearch';
import { findVariables } from '../config/variables';
import { type Credential, resolveCredentials } from '../credentials/resolve';
import { describeSource, type Source } from '../providers/source';
import { FAMILIES } from '../config/families';
import type { Model } from '../providers/model';
import { accountLabel } from '../models/modelList';
import type { Candidate } from '../models/selection';
import { hostOf } from '../base/origin';
import type { Snapshot } from '../session/snapshot';
import { inertCode, inertSentence, inertText } from './inertText';
import { statusReport, type StatusReport } from './statusReport';
import { joinSentences } from '../../language/joinSentences';
import { clausesText } from '../../language/clausesText';
import type { Account } from '../credentials/account';
import { modelAtText } from './modelAtText';

/** A value as it may be shown, and where it comes from. */
interface ExplainedValue {
  readonly value: string;
  readonly source: Source;
  /** Why it is used, where the source alone does not tell. */
  readonly because?: string;
}

/** A value in effect, and what it shadows. */
interface Explained {
  readonly label: string;
  readonly winner: ExplainedValue | undefined;
  readonly shadows: readonly ExplainedValue[];
}

/** Why which model, address and key are in use; never with a secret. */
export interface Explanation {
  readonly status: StatusReport;
  /** The folder that all of it is about, where several are open, and the one that is worked in. */
  readonly folder?: { readonly name: string; readonly inEffect: string };
  readonly values: readonly Explained[];
  readonly envFiles: readonly { readonly path: string; readonly outcome: string }[];
  readonly settingsFiles: readonly { readonly path: string; readonly outcome: string }[];
  /** What `QWEN_HOME` says, where it moves Qwen Code's own files. */
  readonly qwenHome?: string;
  readonly stored: readonly string[];
  readonly trusted: boolean;
  /** The environment file that is there and not read, because the workspace is not trusted. */
  readonly unread?: string;
  readonly problems: readonly string[];
}

const CHOSEN_BY = {
  arguments: l10n.t('given with the command'),
  workspace: l10n.t('chosen in this workspace'),
  default: l10n.t('the default of all workspaces'),
  qwenSettings: l10n.t("named by Qwen Code's settings"),
  variables: l10n.t('named by the variables'),
  signIn: l10n.t('the first for chats of the account that was signed in to; nobody has chosen one'),
  first: l10n.t('the first for chats that is there; nobody has chosen one'),
} as const satisfies Record<Candidate['chosenBy'], string>;

const STATES = {
  signedOut: l10n.t('not signed in'),
  signingIn: l10n.t('signing in'),
  signedIn: l10n.t('signed in'),
  expired: l10n.t('the sign-in has ended'),
  failed: l10n.t('failed, see the problems below'),
} as const satisfies Record<StatusReport['state'], string>;

const OUTCOMES = {
  used: l10n.t('found, and the only one that is read'),
  missing: l10n.t('not found'),
  folder: l10n.t('a folder, passed over'),
  broken: l10n.t('found, and cannot be read'),
  untrusted: l10n.t('ignored, because the workspace is not trusted'),
  notReached: l10n.t('ignored, because one before it was found'),
} as const satisfies Record<Exclude<EnvCandidate['outcome'], 'foreign'>, string>;

/** What is known of the window, beside the snapshot of a folder. */
interface ExplainedWindow {
  /** Whether the workspace's own files may be read. */
  readonly trusted: boolean;
  /** The folder that is worked in, where several are open. */
  readonly inEffect?: string | undefined;
}

/** The explanation of a snapshot. */
export function explanationOf(snapshot: Snapshot, { trusted, inEffect }: ExplainedWindow): Explanation {
  const { configuration, accounts, candidates, selected } = snapshot;
  const qwenHome = configuration.variables.process('QWEN_HOME');
  const name = configuration.folderLabel;
  const unread = unreadEnvFile(configuration);
  const values = [
    explained(
      l10n.t('Model'),
      candidates.map(({ model, chosenBy }) => modelValue(model, CHOSEN_BY[chosenBy])),
    ),
    explained('Base URL', baseUrlValues(snapshot)),
    explained(l10n.t('Key'), selected ? keyValues(selected, snapshot) : []),
  ];
  return {
    status: statusReport(snapshot),
    ...(name !== undefined && { folder: { name, inEffect: inEffect ?? name } }),
    values,
    envFiles: configuration.envSearch.candidates.map((candidate) => ({
      path: candidate.path,
      outcome: outcomeOf(candidate),
    })),
    settingsFiles: configuration.settingsFiles.map(({ path, settings, problem }) => ({
      path,
      outcome: settings ? l10n.t('read') : problem ? OUTCOMES.broken : OUTCOMES.missing,
    })),
    ...(qwenHome && { qwenHome }),
    stored: accounts.map(storedText),
    trusted,
    ...(unread !== undefined && { unread }),
    problems: statusReport(snapshot).problems,
  };
}

function storedText(account: Account): string {
  const last4 = account.method === 'qwen-oauth' ? undefined : account.key?.last4;
  const about = { account: accountLabel(account), host: hostOf(account.baseUrl) };
  const stored = account.file
    ? l10n.t('In {file}: {account} at {host}', { ...about, file: account.file })
    : l10n.t('In the keychain: {account} at {host}', about);
  return clausesText(stored, last4 && l10n.t('key ends in {0}', last4));
}

function outcomeOf(candidate: EnvCandidate): string {
  return candidate.outcome === 'foreign'
    ? l10n.t('passed over, because {0}', candidate.why)
    : OUTCOMES[candidate.outcome];
}

/** The explanation as a Markdown document. */
export function renderExplanation(explanation: Explanation): string {
  const { values, envFiles, settingsFiles, qwenHome, stored, trusted, unread, problems, status, folder } = explanation;
  return [
    `# ${l10n.t('Qwen configuration')}`,
    ...(folder ? [folderText(folder)] : []),
    stateText(status),
    `## ${l10n.t('What is in effect, and why')}`,
    ...values.map(renderValue),
    `## ${l10n.t('Where keys are kept')}`,
    stored.length > 0 ? list(stored.map(inertSentence)) : l10n.t('No credential is stored.'),
    `## ${l10n.t('Environment files, in the order of the search')}`,
    envFiles.length > 0 ? list(envFiles.map(fileText)) : l10n.t('Not searched yet.'),
    `## ${l10n.t("Qwen Code's settings files")}`,
    settingsFiles.length > 0 ? list(settingsFiles.map(fileText)) : l10n.t('Not read yet.'),
    ...(qwenHome
      ? [l10n.t("Qwen Code's own files are not in `~/.qwen`, because `QWEN_HOME` is {0}.", inertCode(qwenHome))]
      : []),
    `## ${l10n.t('Trust')}`,
    trustText(trusted, unread),
    ...(problems.length > 0 ? [`## ${l10n.t('Problems')}`, list(problems.map(inertSentence))] : []),
    `## ${l10n.t('To report a problem')}`,
    l10n.t(
      'Run *Qwen: Copy diagnostics*: it copies versions, what is in effect, the problems and the last lines of the ' +
        'log, without a secret.',
    ),
  ].join('\n\n');
}

function trustText(trusted: boolean, unread: string | undefined): string {
  if (trusted) return l10n.t('The workspace is trusted, so its files are read.');
  return joinSentences(
    l10n.t('The workspace is not trusted, so none of its files is read.'),
    unread && l10n.t('{0} is there.', inertCode(unread)),
    l10n.t('To trust it, run *Workspaces: Manage Workspace Trust*.'),
  );
}

function stateText({ state, verified }: StatusReport): string {
  return state === 'signedIn' && !verified
    ? l10n.t('State: **{0}**, not verified yet', STATES[state])
    : l10n.t('State: **{0}**', STATES[state]);
}

function fileText({ path, outcome }: Explanation['envFiles'][number]): string {
  return l10n.t('{file}: {outcome}', { file: inertCode(path), outcome: inertSentence(outcome) });
}

function folderText({ name, inEffect }: NonNullable<Explanation['folder']>): string {
  return joinSentences(
    l10n.t('Folder: **{0}**.', inertText(name)),
    name === inEffect
      ? l10n.t('This window works in it now.')
      : l10n.t('This window works in **{0}** now, so another model or key may be in use.', inertText(inEffect)),
  );
}

/** A value equal to the winner's is not shadowed, and neither is "no key needed". Each is named once. */
function explained(label: string, values: readonly ExplainedValue[]): Explained {
  const [winner, ...rest] = values;
  const place = ({ source }: ExplainedValue): string => describeSource(source);
  const others = rest.filter((value) => winner && place(value) !== place(winner) && value.source.kind !== 'none');
  const shadows = [...new Map(others.map((value) => [`${value.value} ${place(value)}`, value])).values()];
  return { label, winner, shadows };
}

function modelValue(model: Model, because: string): ExplainedValue {
  return { value: modelAtText({ name: model.id, baseUrl: model.baseUrl }), source: model.source, because };
}

/** The base URL belongs to the model; only one that variables name can shadow another variable's. */
function baseUrlValues({ selected, configuration }: Snapshot): readonly ExplainedValue[] {
  if (!selected) return [];
  const family = FAMILIES.find(({ key }) => key === selected.envKey);
  const variables = family ? findVariables(family.baseUrl, configuration.variables) : [];
  const others = variables.map(({ value, source }) => ({ value: addressOf(value.reveal()), source }));
  const own = { value: selected.baseUrl, source: selected.baseUrlSource };
  return [own, ...others];
}

/** An address without what may be secret in it. */
function addressOf(text: string): string {
  return URL.canParse(text) ? new URL(text).origin + new URL(text).pathname : l10n.t('not a web address');
}

function keyValues(model: Model, { accounts, configuration }: Snapshot): readonly ExplainedValue[] {
  return resolveCredentials(model, { accounts, variables: configuration.variables }).map((credential) => ({
    value: maskedKey(credential),
    source: credential.source,
  }));
}

function maskedKey(credential: Credential): string {
  if (credential.kind === 'oauth') return l10n.t('an access token, renewed when due');
  if (credential.kind === 'command') return l10n.t('what the command prints');
  if (!credential.key) return l10n.t('no key');
  return credential.key.last4 ? `…${credential.key.last4}` : l10n.t('a short key');
}

function renderValue({ label, winner, shadows }: Explained): string {
  if (!winner) return l10n.t('**{0}**: none', label);
  const shown = ({ value, source }: ExplainedValue) => ({
    value: inertCode(value),
    source: inertSentence(describeSource(source)),
  });
  const head = clausesText(l10n.t('**{label}**: {value}, from {source}', { label, ...shown(winner) }), winner.because);
  const rest = shadows.map((shadow) => l10n.t('shadows {value} from {source}', { ...shown(shadow) }));
  return [head, ...(rest.length > 0 ? [list(rest)] : [])].join('\n\n');
}

function list(lines: readonly string[]): string {
  return lines.map((line) => `- ${line}`).join('\n');
}
