import type { DraftView, PanelState, ProviderView, ToHost } from '../src/shared/messages.js';
import type { Choices } from './choices.js';
import { comboBox } from './comboBox.js';
import { el, whenChanged } from './dom.js';
import { formActions, onEnter, required, take } from './signInForm.js';
import type { SignInForm } from './signInForm.js';
import { button, dropdown, setPrimary, textField } from './toolkit.js';

const DRAFT_DELAY_MS = 150;

/** The form of an API key: a provider of the catalogue, where it is, the key, and the model. */
export function createApiKeyForm(post: (intent: ToHost) => void, choices: Choices): SignInForm {
  let providers: readonly ProviderView[] = [];
  /** The preview that the state holds, and the one that is shown. */
  let latest: DraftView | undefined;
  let drafted: DraftView | undefined;
  let draftTimer: ReturnType<typeof setTimeout> | undefined;
  const current = () => providers.find(({ id }) => id === provider.value);
  const endpoint = () => {
    const chosen = current();
    const typed = baseUrl.value.trim();
    return {
      ...(chosen !== undefined && chosen.regions.length > 1 && { region: region.value }),
      ...(chosen?.baseUrl !== 'fixed' && typed !== '' && { baseUrl: typed }),
    };
  };

  const named = () => (model.value.trim() === '' ? {} : { model: model.value.trim() });

  /** A URL that is still to be typed is not an error yet. */
  const urlAwaited = () => current()?.baseUrl === 'required' && baseUrl.value.trim() === '';

  const provider = comboBox({
    label: 'Provider',
    onChange: (value) => {
      choices.set('provider', value);
      for (const field of [baseUrl, key, model]) field.value = '';
      key.setError(undefined);
      showDraft(undefined);
      showProvider();
    },
  });
  const region = dropdown({
    label: 'Region',
    onChange: (value) => {
      choices.set('region', value);
      showRegion();
    },
  });
  const submit = () => {
    const chosen = current();
    if (chosen === undefined) return;
    if (chosen.baseUrl === 'required' && required(baseUrl, 'Enter the base URL of the server.') === undefined) return;
    if (drafted?.ok === false && draftTimer === undefined && !baseUrl.element.hidden) return baseUrl.focus();
    if (chosen.key === 'required' && required(key, `Enter your ${chosen.label} key.`) === undefined) return;
    const apiKey = take(key);
    post({
      type: 'signIn',
      method: 'api-key',
      provider: chosen.id,
      ...endpoint(),
      ...(apiKey !== '' && { apiKey }),
      ...named(),
    });
  };
  const onKey = onEnter(submit);
  const baseUrl = textField({ label: 'Base URL', onKey, onInput: () => draftSoon() });
  const preview = el('p', { class: 'preview' });
  const key = textField({ label: 'API key', secret: true, onKey });
  const model = textField({ label: 'Model (optional)', onKey });
  const inBrowser = button({
    label: '',
    // The first flow of the table: where it does not fit, the next one that does is taken.
    onClick: () => post({ type: 'signIn', method: 'api-key', flow: 'loopback', provider: provider.value, ...named() }),
  });
  const browser = el(
    'div',
    { class: 'row' },
    inBrowser,
    el('span', { class: 'muted' }, 'in your browser, or enter a key:'),
  );
  const actions = formActions({
    submit,
    getKey: () => post({ type: 'openConsole', provider: provider.value, ...endpoint() }),
    readDocs: () => post({ type: 'openDocs', provider: provider.value, ...endpoint() }),
  });

  const draftNow = () => {
    draftTimer = undefined;
    const chosen = current();
    if (chosen === undefined || urlAwaited() || element.hidden) return;
    post({ type: 'draft', provider: chosen.id, ...endpoint() });
    // No new state comes where the answer is the same as before.
    followDraft();
  };
  const draftSoon = () => {
    clearTimeout(draftTimer);
    draftTimer = setTimeout(draftNow, DRAFT_DELAY_MS);
    drafted = undefined;
    if (urlAwaited()) showDraft(undefined);
  };
  const showDraft = (draft: DraftView | undefined) => {
    drafted = draft;
    const error = draft?.ok === false ? draft.error : undefined;
    const goesTo = draft?.ok ? `Requests go to ${draft.baseUrl}${draft.note ? `. ${draft.note}` : ''}` : undefined;
    // Where the URL cannot be typed, there is no field for its error to stand beside.
    const typed = !baseUrl.element.hidden;
    baseUrl.setError(typed ? error : undefined);
    preview.textContent = goesTo ?? (typed ? '' : (error ?? ''));
    preview.classList.toggle('error', error !== undefined);
    preview.hidden = preview.textContent === '';
  };
  const showRegion = () => {
    const place = current()?.regions.find(({ id }) => id === region.value) ?? current()?.regions[0];
    baseUrl.describe({ placeholder: current()?.baseUrl === 'optional' ? (place?.baseUrl ?? '') : '' });
    draftSoon();
  };
  const showProvider = () => {
    const chosen = current();
    if (chosen === undefined) return;
    region.label = chosen.regionsAre;
    region.setChoices(chosen.regions.map(({ id, label }) => ({ value: id, label })));
    const known = chosen.regions.find(({ id }) => id === choices.get('region'));
    region.value = (known ?? chosen.regions[0])?.id ?? '';
    region.element.hidden = chosen.regions.length < 2;
    baseUrl.element.hidden = chosen.baseUrl === 'fixed';
    baseUrl.describe({
      label: `Base URL${chosen.baseUrl === 'optional' ? ' (optional)' : ''}`,
      hint: chosen.baseUrlHint,
    });
    browser.hidden = !chosen.browserSignIn;
    setPrimary(actions.submit, browser.hidden);
    inBrowser.textContent = `Sign in with ${chosen.label}`;
    key.describe({ label: `API key${chosen.key === 'optional' ? ' (optional)' : ''}`, hint: chosen.keyHint });
    const models = chosen.modelHint === '' ? 'The server is asked for its models when left empty.' : '';
    model.describe({ hint: models, placeholder: chosen.modelHint });
    actions.getKey.hidden = !chosen.hasConsole;
    actions.readDocs.hidden = !chosen.hasDocs;
    showRegion();
  };

  const renderProviders = whenChanged((offered: readonly ProviderView[]) => {
    const before = provider.value;
    providers = offered;
    provider.setChoices(
      offered.map(({ id, label, group, regions }) => {
        return { value: id, label, group, words: regions.map((place) => place.baseUrl).join(' ') };
      }),
    );
    const known = offered.find(({ id }) => id === (before || choices.get('provider')));
    provider.value = (known ?? offered[0])?.id ?? '';
    showProvider();
  });
  const followDraft = () => {
    if (latest?.provider !== provider.value || draftTimer !== undefined || urlAwaited()) return;
    if (JSON.stringify(latest) !== JSON.stringify(drafted)) showDraft(latest);
  };

  const fields = [provider, region, baseUrl].map((part) => part.element);
  const element = el(
    'div',
    { class: 'form' },
    ...fields,
    preview,
    browser,
    key.element,
    model.element,
    actions.element,
  );
  return {
    element,
    update(state: PanelState) {
      renderProviders(state.providers.filter(({ method }) => method === 'api-key'));
      latest = state.draft;
      followDraft();
    },
    shown: draftSoon,
    fillIn(target) {
      const isSame = provider.value === target.provider && baseUrl.value === (target.baseUrl ?? '');
      if (!isSame) model.value = '';
      key.value = '';
      choices.set('provider', target.provider);
      choices.set('region', target.region ?? '');
      provider.value = target.provider;
      baseUrl.value = target.baseUrl ?? '';
      key.setError(undefined);
      showDraft(undefined);
      showProvider();
    },
    focus() {
      const mend = drafted?.ok === false || urlAwaited() ? baseUrl : key;
      (mend.element.hidden ? model : mend).focus();
    },
  };
}
