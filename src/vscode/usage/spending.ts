import * as l10n from '@vscode/l10n';
import path from 'node:path';
import { env, extensions, LanguageModelError } from 'vscode';
import { ConfigurationError } from '../../core/base/errors';
import { stringIn } from '../../core/base/json';
import type { SettingsReader } from '../../core/base/ports';
import { programName } from '../../core/gateway/program';
import { builtInName, isOwnInitiator, noteInitiator, readBlocked } from '../../core/usage/initiators';
import type { Initiators } from '../../core/views/usageView';
import { notify } from '../answers/notifications';
import { changeSetting } from '../platform/changeSetting';

const SETTING = 'chat.blockedExtensions';
const BLOCK = l10n.t('Block');
const SHOW_USAGE = l10n.t('Show usage');

/** Who may use models at the person's expense: VS Code lets every extension, and asks nobody. */
export interface Spending {
  /**
   * To be called before a request that an extension makes by VS Code's API. Throws `LanguageModelError.Blocked` for one
   * that the person has blocked; tells the person once of each new one.
   */
  admit(initiator: string): Promise<void>;
  /** The same for any program: resolves with why it may not; undefined where it may. */
  refusalOf(initiator: string): Promise<string | undefined>;
  /** Blocks an extension in the user settings, or allows it again; says so where they cannot be changed. */
  block(extension: string, blocked: boolean): Promise<void>;
  /** What is known of the initiators now. */
  initiators(): Initiators;
}

/**
 * Rules over who spends, by the setting `qwen.chat.blockedExtensions`; which are known already is noted in the folder.
 */
export function createSpending(reader: SettingsReader, folder: string, showUsage: () => void): Spending {
  const blockedNow = (): readonly string[] => readBlocked(reader.get(SETTING));
  const block: Spending['block'] = async (extension, blocked) => {
    const id = extension.toLowerCase();
    const others = blockedNow().filter((other) => other !== id);
    const next = blocked ? [...others, id] : others;
    try {
      await changeSetting(`qwen.${SETTING}`, next.length > 0 ? next : undefined);
    } catch (error) {
      if (!(error instanceof ConfigurationError)) throw error;
      void notify('error', error.message);
    }
  };
  const tell = async (id: string): Promise<void> => {
    const text = l10n.t('{program} uses your models for the first time. What it asks counts on your accounts.', {
      program: fullName(id),
    });
    const chosen = await notify('info', text, BLOCK, SHOW_USAGE);
    if (chosen === BLOCK) await block(id, true);
    if (chosen === SHOW_USAGE) showUsage();
  };
  const asked = new Set<string>();
  const refusalOf: Spending['refusalOf'] = async (initiator) => {
    const id = initiator.toLowerCase();
    if (blockedNow().includes(id))
      return l10n.t('You have blocked {program} from using your models. To allow it again, run "Qwen: Show usage".', {
        program: fullName(id),
      });
    // Files are looked at with the first request only, and not before each of them.
    const isNews = !asked.has(id) && builtInName(id) === undefined && !isBuiltIn(id);
    if (!isNews) return undefined;
    const noted = await noteInitiator(folder, id);
    // What cannot be noted is no first time yet: the next request tries again.
    if (noted !== 'notNoted') asked.add(id);
    if (noted === 'first') void tell(id);
    return undefined;
  };
  return {
    admit: async (initiator) => {
      const refusal = await refusalOf(initiator);
      if (refusal !== undefined) throw LanguageModelError.Blocked(refusal);
    },
    refusalOf,
    block,
    initiators: () => ({ nameOf, isOwn: isOwnInitiator, blocked: blockedNow() }),
  };
}

function fullName(id: string): string {
  const program = programName(id);
  if (program !== undefined) return program;
  const name = nameOf(id);
  return name ? `${name} (${id})` : l10n.t('The extension {id}', { id });
}

function nameOf(id: string): string | undefined {
  return builtInName(id) ?? programName(id) ?? stringIn(extensions.getExtension(id)?.packageJSON, 'displayName');
}

/** By the folder in which it is: what a manifest says of itself goes over what VS Code says of it there. */
function isBuiltIn(id: string): boolean {
  const folder = extensions.getExtension(id)?.extensionPath;
  return env.appRoot !== '' && folder?.startsWith(path.join(env.appRoot, 'extensions') + path.sep) === true;
}
