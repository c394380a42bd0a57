import * as l10n from '@vscode/l10n';
import { type QuickPickItem, window } from 'vscode';
import { Cancelled, ConfigurationError } from '../../core/base/errors';
import { isRecord } from '../../core/base/json';
import type { OwnPlan, Settings } from '../../core/config/settings';
import { CODING_PLAN } from '../../core/providers/alibaba';
import type { PlanEdition, PlanLimits, PlanName } from '../../core/providers/quota';
import { numberText } from '../../language/numbers';
import { answer } from '../answers/answer';
import type { AnswerParts, CommandResult } from '../answers/answerParts';
import { changeSetting } from '../platform/changeSetting';

interface EditionItem extends QuickPickItem {
  readonly edition: PlanEdition | undefined;
}

/** What the command works on. */
export interface ChoosePlanParts extends AnswerParts {
  readonly settings: Pick<Settings, 'plan'>;
}

const NAMES: Readonly<Record<PlanEdition, string>> = { lite: 'Lite', pro: 'Pro' };
const TITLES: Readonly<Record<PlanName, string>> = {
  codingPlan: l10n.t('Your Coding Plan'),
  tokenPlan: l10n.t('Your Token Plan'),
};

/**
 * `qwen.choosePlan`: notes which edition of a plan the person has and on which day of the month it begins anew, as its
 * argument or else the person says. The plan is the Coding Plan unless the argument names the Token Plan, of which only
 * the day is not known.
 */
export async function choosePlan(parts: ChoosePlanParts, argument: unknown): Promise<CommandResult> {
  return await answer(parts, { during: 'test' }, async () => {
    const { plan = 'codingPlan', ...said } = isRecord(argument) ? argument : {};
    if (plan !== 'codingPlan' && plan !== 'tokenPlan')
      throw new ConfigurationError({ field: 'plan' }, l10n.t('plan must be codingPlan or tokenPlan.'));
    const before = parts.settings.plan(plan);
    const isSaid = Object.keys(said).length > 0;
    const { edition, startDay } = isSaid ? { ...before, ...readPlan(said) } : await askForPlan(plan, before);
    if (plan === 'codingPlan') await changeSetting('qwen.codingPlan.edition', edition);
    await changeSetting(`qwen.${plan}.startDay`, startDay);
    return {};
  });
}

function readPlan({ edition, startDay }: Readonly<Record<string, unknown>>): OwnPlan {
  const day = startDay === undefined ? undefined : dayOf(JSON.stringify(startDay));
  if (day === 'none')
    throw new ConfigurationError({ field: 'startDay' }, l10n.t('startDay must be a day from 1 to 31.'));
  if (edition !== undefined && edition !== 'lite' && edition !== 'pro')
    throw new ConfigurationError({ field: 'edition' }, l10n.t('edition must be lite or pro.'));
  return { ...(edition && { edition }), ...(day && { startDay: day }) };
}

async function askForPlan(plan: PlanName, { startDay }: OwnPlan): Promise<OwnPlan> {
  const edition = plan === 'codingPlan' ? await askForEdition() : undefined;
  const typed = await window.showInputBox({
    title: TITLES[plan],
    prompt: l10n.t('On which day of the month does it begin anew? Leave it empty where you do not know.'),
    placeHolder: l10n.t('1 to 31'),
    value: startDay === undefined ? '' : String(startDay),
    validateInput: (text) => (dayOf(text) === 'none' ? l10n.t('Type a day from 1 to 31, or nothing.') : undefined),
  });
  if (typed === undefined) throw new Cancelled();
  return { ...(edition && { edition }), ...readPlan({ startDay: dayOf(typed) }) };
}

async function askForEdition(): Promise<PlanEdition | undefined> {
  const words = { title: TITLES.codingPlan, placeHolder: l10n.t('Which edition is it?') };
  const chosen = await window.showQuickPick(editionItems(), words);
  if (!chosen) throw new Cancelled();
  return chosen.edition;
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
    {
      edition: undefined,
      label: l10n.t('I do not know'),
      detail: l10n.t('Requests are counted, and no limit is shown beside them'),
    },
  ];
}

function limitsText({ fiveHours, week, month }: PlanLimits): string {
  return l10n.t('{fiveHours} requests in 5 hours, {week} a week, {month} a month', {
    fiveHours: numberText(fiveHours),
    week: numberText(week),
    month: numberText(month),
  });
}

/** The day that a text means; undefined for an empty one, and `none` for any other. */
function dayOf(text: string): number | undefined | 'none' {
  const day = Number(text);
  if (text.trim() === '') return undefined;
  return Number.isInteger(day) && day >= 1 && day <= 31 ? day : 'none';
}
