import * as l10n from '@vscode/l10n';
import type { PanelState, ToHost } from '../../src/shared/messages';
import type { ProviderView } from '../../src/shared/signInViews';
import type { Choices } from '../kit/choices';
import { el, onEnter, whenChanged } from '../kit/dom';
import { keyField } from './keyField';
import { formActions, required } from './signInForm';
import type { SignInForm } from './signInForm';
import { radioGroup } from '../kit/toolkit';

/** A plan in a region, which has an address and keys of its own. */
interface Place {
  readonly value: string;
  readonly label: string;
  readonly plan: ProviderView;
  readonly region: string;
  readonly baseUrl: string;
}

/** The form of the subscriptions: a plan in its region, and the key that belongs to it. */
export function createCodingPlanForm(post: (intent: ToHost) => void, choices: Choices): SignInForm {
  let places: readonly Place[] = [];
  const chosen = () => places.find(({ value }) => value === place.value);
  const url = el('p', { class: 'preview' });
  const showPlace = () => {
    const current = chosen();
    if (current === undefined) return;
    url.textContent = l10n.t('Requests go to {address}', { address: current.baseUrl });
    key.describe({ hint: current.plan.keyHint });
    actions.show(current.plan);
  };
  const place = radioGroup({
    label: l10n.t('Plan and region'),
    onChange: (value) => {
      choices.set('plan', value);
      showPlace();
    },
  });
  const submit = () => {
    const current = chosen();
    if (
      current === undefined ||
      required(key, l10n.t('Enter your {provider} key.', { provider: current.plan.label })) === undefined
    )
      return;
    const { plan, region } = current;
    post({ type: 'signIn', method: 'coding-plan', provider: plan.id, region, apiKey: key.send() });
  };
  const key = keyField(onEnter(submit));
  const actions = formActions(post, submit, () => {
    const current = chosen();
    return current && { provider: current.plan.id, region: current.region };
  });

  const render = whenChanged((plans: readonly ProviderView[]) => {
    places = plans.flatMap((plan) =>
      plan.regions.map(({ id, label, baseUrl }) => ({
        value: `${plan.id}/${id}`,
        label: `${plan.label} · ${label}`,
        plan,
        region: id,
        baseUrl,
      })),
    );
    place.setChoices(places.map(({ value, label }) => ({ value, label })));
    const known = places.find(({ value }) => value === (place.value || choices.get('plan')));
    place.value = (known ?? places[0])?.value ?? '';
    showPlace();
  });
  return {
    element: el('div', { class: 'form' }, place.element, url, key.element, actions.element),
    update: ({ providers }: PanelState) => render(providers.filter(({ method }) => method === 'coding-plan')),
    fillIn({ provider, region }) {
      const known = places.find((one) => one.plan.id === provider && (region === undefined || one.region === region));
      if (known === undefined) return;
      place.value = known.value;
      showPlace();
    },
    left: () => key.leave(),
    focus: () => key.focus(),
  };
}
