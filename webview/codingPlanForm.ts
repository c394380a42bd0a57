import type { PanelState, ProviderView, ToHost } from '../src/shared/messages.js';
import type { Choices } from './choices.js';
import { el, whenChanged } from './dom.js';
import { formActions, onEnter, required, take } from './signInForm.js';
import type { SignInForm } from './signInForm.js';
import { radioGroup, textField } from './toolkit.js';

/** The form of the Coding Plan: a region and the key that belongs to it. */
export function createCodingPlanForm(post: (intent: ToHost) => void, choices: Choices): SignInForm {
  let plan: ProviderView | undefined;
  const url = el('p', { class: 'preview' });
  const showUrl = () => {
    const baseUrl = plan?.regions.find(({ id }) => id === region.value)?.baseUrl;
    url.textContent = baseUrl === undefined ? '' : `Requests go to ${baseUrl}`;
  };
  const region = radioGroup({
    label: 'Region',
    onChange: (value) => {
      choices.set('planRegion', value);
      showUrl();
    },
  });
  const submit = () => {
    if (required(key, 'Enter your Coding Plan key.') === undefined) return;
    post({ type: 'signIn', method: 'coding-plan', region: region.value, apiKey: take(key) });
  };
  const key = textField({ label: 'API key', secret: true, onKey: onEnter(submit) });
  const actions = formActions({
    submit,
    getKey: () => plan && post({ type: 'openConsole', provider: plan.id, region: region.value }),
  });

  const render = whenChanged((provider: ProviderView) => {
    plan = provider;
    region.setChoices(provider.regions.map(({ id, label }) => ({ value: id, label })));
    const known = provider.regions.find(({ id }) => id === (region.value || choices.get('planRegion')));
    region.value = (known ?? provider.regions[0])?.id ?? '';
    key.describe({ hint: provider.keyHint });
    actions.getKey.hidden = !provider.hasConsole;
    showUrl();
  });
  return {
    element: el('div', { class: 'form' }, region.element, url, key.element, actions.element),
    update({ providers }: PanelState) {
      const provider = providers.find(({ method }) => method === 'coding-plan');
      if (provider !== undefined) render(provider);
    },
    fillIn(fields) {
      if (fields.region === undefined) return;
      region.value = fields.region;
      showUrl();
    },
    focus: () => key.focus(),
  };
}
