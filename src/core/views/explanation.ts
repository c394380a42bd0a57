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
  arguments: 'given with the command',
  workspace: 'chosen in this workspace',
  default: 'the default of all workspaces',
  qwenSettings: "named by Qwen Code's settings",
  variables: 'named by the variables',
  signIn: 'the first for chats of the account that was signed in to; nobody has chosen one',
  first: 'the first for chats that is there; nobody has chosen one',
} as const satisfies Record<Candidate['chosenBy'], string>;

const STATES = {
  signedOut: 'not signed in',
  signingIn: 'signing in',
  signedIn: 'signed in',
  expired: 'the sign-in has ended',
  failed: 'failed, see the problems below',
} as const satisfies Record<StatusReport['state'], string>;

const OUTCOMES = {
  used: 'found, and the only one that is read',
  missing: 'not found',
  folder: 'a folder, passed over',
  broken: 'found, and cannot be read',
  untrusted: 'ignored, because the workspace is not trusted',
  notReached: 'ignored, because one before it was found',
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
      'Model',
      candidates.map(({ model, chosenBy }) => modelValue(model, CHOSEN_BY[chosenBy])),
    ),
    explained('Base URL', baseUrlValues(snapshot)),
    explained('Key', selected ? keyValues(selected, snapshot) : []),
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
      outcome: settings ? 'read' : problem ? 'found, and cannot be read' : 'not found',
    })),
    ...(qwenHome && { qwenHome }),
    stored: accounts.map((account) => {
      const last4 = account.method === 'qwen-oauth' ? undefined : account.key?.last4;
      const place = account.file ?? 'the keychain';
      const ending = last4 ? `, key ends in ${last4}` : '';
      return `In ${place}: ${accountLabel(account)} at ${hostOf(account.baseUrl)}${ending}`;
    }),
    trusted,
    ...(unread !== undefined && { unread }),
    problems: statusReport(snapshot).problems,
  };
}

function outcomeOf(candidate: EnvCandidate): string {
  return candidate.outcome === 'foreign' ? `passed over, because ${candidate.why}` : OUTCOMES[candidate.outcome];
}

/** The explanation as a Markdown document. */
export function renderExplanation(explanation: Explanation): string {
  const { values, envFiles, settingsFiles, qwenHome, stored, trusted, unread, problems, status, folder } = explanation;
  return [
    '# Qwen configuration',
    ...(folder ? [folderText(folder)] : []),
    `State: **${STATES[status.state]}**${status.state === 'signedIn' && !status.verified ? ', not verified yet' : ''}`,
    '## What is in effect, and why',
    ...values.map(renderValue),
    '## Where keys are kept',
    stored.length > 0 ? list(stored.map(inertSentence)) : 'No credential is stored.',
    '## Environment files, in the order of the search',
    envFiles.length > 0 ? list(envFiles.map(fileText)) : 'Not searched yet.',
    "## Qwen Code's settings files",
    settingsFiles.length > 0 ? list(settingsFiles.map(fileText)) : 'Not read yet.',
    ...(qwenHome
      ? [`Qwen Code's own files are not in \`~/.qwen\`, because \`QWEN_HOME\` is ${inertCode(qwenHome)}.`]
      : []),
    '## Trust',
    trustText(trusted, unread),
    ...(problems.length > 0 ? ['## Problems', list(problems.map(inertSentence))] : []),
    '## To report a problem',
    'Run *Qwen: Copy diagnostics*: it copies versions, what is in effect, the problems and the last lines of the ' +
      'log, without a secret.',
  ].join('\n\n');
}

function trustText(trusted: boolean, unread: string | undefined): string {
  if (trusted) return 'The workspace is trusted, so its files are read.';
  const file = unread ? ` ${inertCode(unread)} is there.` : '';
  const why = `The workspace is not trusted, so none of its files is read.${file}`;
  return `${why} To trust it, run *Workspaces: Manage Workspace Trust*.`;
}

function fileText({ path, outcome }: Explanation['envFiles'][number]): string {
  return `${inertCode(path)}: ${inertSentence(outcome)}`;
}

function folderText({ name, inEffect }: NonNullable<Explanation['folder']>): string {
  const isOther = name !== inEffect;
  const other = ` This window works in **${inertText(inEffect)}** now, so another model or key may be in use.`;
  return `Folder: **${inertText(name)}**.${isOther ? other : ' This window works in it now.'}`;
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
  return { value: `${model.id} at ${hostOf(model.baseUrl)}`, source: model.source, because };
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
  return URL.canParse(text) ? new URL(text).origin + new URL(text).pathname : 'not a web address';
}

function keyValues(model: Model, { accounts, configuration }: Snapshot): readonly ExplainedValue[] {
  return resolveCredentials(model, { accounts, variables: configuration.variables }).map((credential) => ({
    value: maskedKey(credential),
    source: credential.source,
  }));
}

function maskedKey(credential: Credential): string {
  if (credential.kind === 'oauth') return 'an access token, renewed when due';
  if (credential.kind === 'command') return 'what the command prints';
  if (!credential.key) return 'no key';
  return credential.key.last4 ? `…${credential.key.last4}` : 'a short key';
}

function renderValue({ label, winner, shadows }: Explained): string {
  if (!winner) return `**${label}**: none`;
  const because = winner.because ? `, ${winner.because}` : '';
  const from = ({ value, source }: ExplainedValue, word: string): string =>
    `${inertCode(value)}${word} from ${inertSentence(describeSource(source))}`;
  const head = `**${label}**: ${from(winner, ',')}${because}`;
  const rest = shadows.map((shadow) => `shadows ${from(shadow, '')}`);
  return [head, ...(rest.length > 0 ? [list(rest)] : [])].join('\n\n');
}

function list(lines: readonly string[]): string {
  return lines.map((line) => `- ${line}`).join('\n');
}
