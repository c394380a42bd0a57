import * as l10n from '@vscode/l10n';
import type { PanelState, ToHost } from '../../src/shared/messages';
import type { MethodView, ProviderView } from '../../src/shared/signInViews';
import type { Choices } from '../kit/choices';
import { el, onEnter, whenChanged } from '../kit/dom';
import { endpoint, isUrlAwaited } from './chosenServer';
import { createServerFields } from './serverFields';
import { keyField } from './keyField';
import { formActions, required } from './signInForm';
import type { SignInForm } from './signInForm';
import { button, setPrimary, textField, type TextFieldPart } from '../kit/toolkit';
import { createUrlPreview } from './urlPreview';

/** The form of an API key: one of the providers that the row offers, where it is, the key, and the model. */
export function createApiKeyForm(row: MethodView['id'], post: (intent: ToHost) => void, choices: Choices): SignInForm {
  const submit = () => {
    const at = server.value();
    if (at === undefined) return;
    const { baseUrl, key: need, label } = at.provider;
    if (baseUrl === 'required' && required(server.baseUrl, l10n.t('Enter the base URL of the server.')) === undefined)
      return;
    if (preview.isWrong && baseUrl !== 'fixed') return server.baseUrl.focus();
    if (need === 'required' && required(key, l10n.t('Enter your {provider} key.', { provider: label })) === undefined)
      return;
    const apiKey = key.send();
    post({ type: 'signIn', method: 'api-key', ...endpoint(at), ...(apiKey !== '' && { apiKey }), ...named(model) });
  };
  const onKey = onEnter(submit);
  const server = createServerFields(choices, onKey, {
    provider: () => begin(),
    place() {
      keep();
      preview.soon();
    },
  });
  const preview = createUrlPreview(post, server, () => !element.hidden);
  const { key, model, ...fields } = createKeyFields(post, onKey, () => keep());
  const actions = formActions(post, submit, () => {
    const at = server.value();
    return at && endpoint(at);
  });
  const parts = [...server.elements, preview.element, ...fields.elements, actions.element];
  const element = el('div', { class: 'form' }, ...parts);

  /** Keeps what the form says of the server, and nothing that another form said of another one. */
  const keep = () => {
    const at = server.value();
    if (at === undefined) return;
    const { provider, region = choices.get('region'), baseUrl = '' } = endpoint(at);
    choices.set('provider', provider);
    choices.set('region', region);
    choices.set('baseUrl', baseUrl);
    choices.set('model', model.value);
  };
  const showProvider = () => {
    const provider = server.value()?.provider;
    if (provider === undefined) return;
    fields.show(provider);
    actions.show(provider);
    setPrimary(actions.submit, !provider.browserSignIn);
    preview.soon();
  };
  /** Begins anew; the model that was typed is another server's unless it is the same. */
  const begin = (isSame = false) => {
    if (!isSame) model.value = '';
    keep();
    key.value = '';
    key.setError(undefined);
    preview.clear();
    showProvider();
  };
  const renderProviders = whenChanged((providers: readonly ProviderView[]) => {
    if (server.offer(providers)) model.value = choices.get('model');
    showProvider();
  });

  return {
    element,
    update(state) {
      renderProviders(offeredIn(row, state));
      preview.update(state.draft);
    },
    shown: () => preview.soon(),
    left: () => key.leave(),
    fillIn(target) {
      begin(server.fillIn(target));
    },
    focus() {
      const mend = preview.isWrong || isUrlAwaited(server.value()) ? server.baseUrl : key;
      (mend.element.hidden ? model : mend).focus();
    },
  };
}

/** The key and the model; in front of them the way to a key for who signs in at the provider with the browser. */
function createKeyFields(post: (intent: ToHost) => void, onKey: (event: KeyboardEvent) => void, onModel: () => void) {
  const key = keyField(onKey);
  const model = textField({ label: l10n.t('Model (optional)'), onKey, onInput: onModel });
  let shown = '';
  const start = button({
    label: '',
    // The first flow of the table: where it does not fit, the next one that does is taken.
    onClick: () => post({ type: 'signIn', method: 'api-key', flow: 'loopback', provider: shown, ...named(model) }),
  });
  const words = el('span', { class: 'muted' }, l10n.t('in your browser, or enter a key:'));
  const browser = el('div', { class: 'row' }, start, words);
  return {
    elements: [browser, key.element, model.element],
    key,
    model,
    show(provider: ProviderView) {
      shown = provider.id;
      browser.hidden = !provider.browserSignIn;
      start.textContent = l10n.t('Sign in with {provider}', { provider: provider.label });
      const label = provider.key === 'optional' ? l10n.t('API key (optional)') : l10n.t('API key');
      key.describe({ label, hint: provider.keyHint });
      const models = provider.modelHint === '' ? l10n.t('The server is asked for its models when left empty.') : '';
      model.describe({ hint: models, placeholder: provider.modelHint });
    },
  };
}

/** The providers of a row. Of the servers of this computer, what answers is meant most likely. */
function offeredIn(row: MethodView['id'], { methods, providers, localServers = [] }: PanelState) {
  const { providers: offered = [] } = methods.find(({ id }) => id === row) ?? {};
  const running = row === 'own-server' ? localServers : [];
  const own = providers.filter(({ id }) => offered.includes(id));
  return [true, false].flatMap((isRunning) => own.filter(({ id }) => running.includes(id) === isRunning));
}

const named = (model: TextFieldPart) => (model.value.trim() === '' ? {} : { model: model.value.trim() });
