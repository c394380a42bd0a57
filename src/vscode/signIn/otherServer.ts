import { workspace } from 'vscode';
import { otherServerQuestion } from '../../core/views/consentQuestions';
import { type OAuthServerFields, oauthServerSettings } from '../../core/signIn/oauthServer';
import { Cancelled } from '../../core/base/errors';
import { answer } from '../answers/answer';
import { confirm } from '../answers/notifications';
import type { AnswerParts } from '../answers/answerParts';
import { changeSetting } from '../platform/changeSetting';
import { signInWith } from './signInCommand';

/**
 * Names an authorization server in the settings, once the person agrees, and signs in there; without an issuer
 * the settings mean Qwen's again.
 */
export async function signInAtServer(parts: AnswerParts, fields: OAuthServerFields): Promise<void> {
  const { ok } = await answer(parts, { during: 'signIn', method: 'qwen-oauth' }, async () => {
    const endpoints = workspace.getConfiguration('qwen').inspect('endpoints')?.globalValue;
    const settings = oauthServerSettings(fields, endpoints);
    const { title, detail, yes } = otherServerQuestion(fields);
    if (!(await confirm(title, detail, yes))) throw new Cancelled();
    for (const [name, value] of Object.entries(settings)) await changeSetting(`qwen.${name}`, value);
    return {};
  });
  if (ok && fields.issuer.trim() !== '') await signInWith(parts, { method: 'qwen-oauth' });
}
