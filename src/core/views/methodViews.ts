import type { Method } from '../base/method';
import type { Settings } from '../config/settings';
import { QWEN_ISSUER } from '../oauth/authorizationServer';
import { hostOf } from '../base/origin';
import { FREE_TIER_NOTICE } from './problem';

/** A way to sign in, as it is offered; `notice` is a fact to know before choosing it. */
export interface MethodView {
  readonly id: Method;
  readonly label: string;
  readonly description: string;
  readonly notice?: string;
}

/** The three ways to sign in. What is said of Qwen OAuth depends on the authorization server of the settings. */
export function methodViews(settings: Settings): readonly MethodView[] {
  const issuer = settings.issuer();
  const isQwen = issuer === QWEN_ISSUER;
  return [
    {
      id: 'qwen-oauth',
      label: 'Qwen OAuth',
      description: `Sign in with your ${isQwen ? 'qwen.ai' : hostOf(issuer)} account in the browser.`,
      ...(isQwen && { notice: `${FREE_TIER_NOTICE} A Coding Plan or an API key works.` }),
    },
    {
      id: 'coding-plan',
      label: 'Coding Plan',
      description: 'A subscription of Alibaba Cloud with its own key: Coding Plan or Token Plan.',
    },
    {
      id: 'api-key',
      label: 'API key',
      description: 'OpenAI, Model Studio, DeepSeek, OpenRouter or any OpenAI-compatible server.',
    },
  ];
}
