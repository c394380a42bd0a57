import * as l10n from '@vscode/l10n';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { claimFile } from '../base/privateFile';
import { OURSELVES } from '../chat/authorizedChat';

/** Ourselves: by the name that the core has for us, and by VS Code's. */
const OWN: ReadonlyMap<string, string> = new Map([
  [OURSELVES, 'Qwen Auth'],
  ['qwen-auth.qwen-auth', 'Qwen Auth'],
]);
/** What a person knows as VS Code itself, and whom an older one does not name. */
const BUILT_IN: ReadonlyMap<string, string> = new Map([
  ['core', 'VS Code'],
  ['github.copilot-chat', l10n.t("VS Code's chat")],
  ['unknown', l10n.t('Not named by VS Code')],
]);

/** Whether requests of that initiator are our own. */
export function isOwnInitiator(id: string): boolean {
  return OWN.has(id.toLowerCase());
}

/** The name of an initiator that is ourselves or a part of VS Code; undefined for an installed extension. */
export function builtInName(id: string): string | undefined {
  return OWN.get(id.toLowerCase()) ?? BUILT_IN.get(id.toLowerCase());
}

/** The ids that `qwen.chat.blockedExtensions` names, in lower case; our own are never among them. */
export function readBlocked(setting: unknown): readonly string[] {
  const names = Array.isArray(setting) ? setting.filter((name) => typeof name === 'string') : [];
  const ids = names.map((name) => name.trim().toLowerCase());
  return [...new Set(ids)].filter((id) => id !== '' && !isOwnInitiator(id));
}

/** Notes that an initiator has asked: whether this is its first time in any window, or that it cannot be noted. Never throws. */
export async function noteInitiator(folder: string, id: string): Promise<'first' | 'known' | 'notNoted'> {
  const file = path.join(folder, `${encodeURIComponent(id.toLowerCase()).slice(0, 200)}.known`);
  if (await claimFile(file)) return 'first';
  return existsSync(file) ? 'known' : 'notNoted';
}
