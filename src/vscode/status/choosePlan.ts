import { ConfigurationTarget, type QuickPickItem, window, workspace } from 'vscode';
import { Cancelled, ConfigurationError } from '../../core/base/errors';
import { isRecord } from '../../core/base/json';
import type { OwnPlan, Settings } from '../../core/config/settings';
import { CODING_PLAN } from '../../core/providers/alibaba';
import type { PlanEdition, PlanLimits } from '../../core/providers/quota';
import { countText } from '../../core/views/quotaRow';
import { answer } from '../answers/answer';
import type { AnswerParts, CommandResult } from '../answers/answerParts';

interface EditionItem extends QuickPickItem {
  readonly edition: PlanEdition | undefined;
}

/** What the command works on. */
export interface ChoosePlanParts extends AnswerParts {
  readonly settings: Pick<Settings, 'codingPlan'>;
}

const NAMES: Readonly<Record<PlanEdition, string>> = { lite: 'Lite', pro: 'Pro' };
const TITLE = 'Your Coding Plan';

/**
 * `qwen.choosePlan`: notes which edition of the Coding Plan the person has and on which day of the month it renews, as
 * its argument or else the person says.
 */
export async function choosePlan(parts: ChoosePlanParts, argument: unknown): Promise<CommandResult> {
  return await answer(parts, { during: 'test' }, async () => {
    const before = parts.settings.codingPlan();
    const { edition, startDay } = isRecord(argument) ? { ...before, ...readPlan(argument) } : await askForPlan(before);
    await keep('codingPlan.edition', edition);
    await keep('codingPlan.startDay', startDay);
    return {};
  });
}

function readPlan({ edition, startDay }: Readonly<Record<string, unknown>>): OwnPlan {
  const day = startDay === undefined ? undefined : dayOf(JSON.stringify(startDay));
  if (day === 'none') throw new ConfigurationError({ field: 'startDay' }, 'startDay must be a day from 1 to 31.');
  if (edition !== undefined && edition !== 'lite' && edition !== 'pro')
    throw new ConfigurationError({ field: 'edition' }, 'edition must be lite or pro.');
  return { ...(edition && { edition }), ...(day && { startDay: day }) };
}

async function askForPlan({ startDay }: OwnPlan): Promise<OwnPlan> {
  const chosen = await window.showQuickPick(editionItems(), { title: TITLE, placeHolder: 'Which edition is it?' });
  if (!chosen) throw new Cancelled();
  const typed = await window.showInputBox({
    title: TITLE,
    prompt: 'On which day of the month does it begin anew? Leave it empty where you do not know.',
    placeHolder: '1 to 31',
    value: startDay === undefined ? '' : String(startDay),
    validateInput: (text) => (dayOf(text) === 'none' ? 'Type a day from 1 to 31, or nothing.' : undefined),
  });
  if (typed === undefined) throw new Cancelled();
  return { ...(chosen.edition && { edition: chosen.edition }), ...readPlan({ startDay: dayOf(typed) }) };
}

function editionItems(): readonly EditionItem[] {
  const { quota } = CODING_PLAN;
  const editions = quota?.kind === 'counted' ? quota.editions : undefined;
  return [
    ...(['lite', 'pro'] as const).map((edition) => ({
      edition,
      label: NAMES[edition],
      ...(editions && { detail: limitsText(editions[edition]) }),
    })),
    { edition: undefined, label: 'I do not know', detail: 'Requests are counted, and no limit is shown beside them' },
  ];
}

function limitsText({ fiveHours, week, month }: PlanLimits): string {
  return `${countText(fiveHours)} requests in 5 hours, ${countText(week)} a week, ${countText(month)} a month`;
}

/** The day that a text means; undefined for an empty one, and `none` for any other. */
function dayOf(text: string): number | undefined | 'none' {
  const day = Number(text);
  if (text.trim() === '') return undefined;
  return Number.isInteger(day) && day >= 1 && day <= 31 ? day : 'none';
}

async function keep(setting: string, value: string | number | undefined): Promise<void> {
  try {
    await workspace.getConfiguration('qwen').update(setting, value, ConfigurationTarget.Global);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new ConfigurationError({ setting: `qwen.${setting}` }, `VS Code's settings could not be changed: ${why}`);
  }
}
