import * as l10n from '@vscode/l10n';
import { regionsLabel } from '../kit/regionsLabel';
import type { ProviderView } from '../../src/shared/signInViews';
import type { EntryFields, ModelFileId, ModelFileView } from '../../src/shared/providersMessages';
import { comboBox } from '../kit/comboBox';
import { el } from '../kit/dom';
import { dropdown } from '../kit/toolkit';

/** Where a provider is kept: as an account, or as an entry of a file. */
export type Destination = 'account' | ModelFileId;

/** What a form begins with: a provider, its place, and where it is written. */
export interface ProviderChoice {
  readonly element: HTMLElement;
  readonly provider: ProviderView | undefined;
  readonly region: string;
  readonly destination: Destination;
  offer(all: { readonly providers: readonly ProviderView[]; readonly files: readonly ModelFileView[] }): void;
  /** Begins anew, with that destination; a copy of something has its provider already. */
  reset(destination: Destination, isCopy: boolean): void;
  /** What an entry for the chosen place begins with. */
  fields(): Partial<EntryFields>;
  focus(): void;
}

/** The preset of a server that is in no list. */
const OTHER = 'custom';

/** The choice of a provider from all presets; `changed` is called with what the person has chosen. */
export function createProviderChoice(changed: (what: 'provider' | 'region' | 'destination') => void): ProviderChoice {
  let providers: readonly ProviderView[] = [];
  const provider = comboBox({
    label: l10n.t('Provider'),
    onChange: () => {
      showRegions();
      changed('provider');
    },
  });
  const region = dropdown({ label: regionsLabel(undefined), onChange: () => changed('region') });
  const destination = dropdown({ label: l10n.t('Save to'), onChange: () => changed('destination') });
  const chosen = () => providers.find(({ id }) => id === provider.value);
  const showRegions = () => {
    const regions = chosen()?.regions ?? [];
    region.label = regionsLabel(chosen()?.regionsAre);
    region.setChoices(regions.map(({ id, label }) => ({ value: id, label })));
    region.value = regions[0]?.id ?? '';
    region.element.hidden = regions.length < 2;
  };
  return {
    element: el('div', { class: 'provider-choice' }, provider.element, region.element, destination.element),
    get provider() {
      return chosen();
    },
    get region() {
      return region.value;
    },
    get destination() {
      return isDestination(destination.value) ? destination.value : 'account';
    },
    offer({ providers: all, files }) {
      providers = all;
      provider.setChoices(all.map(({ id, label, group }) => ({ value: id, label, group, words: id })));
      destination.setChoices([
        { value: 'account', label: l10n.t('Keychain, as an account') },
        ...files.map(({ id, label, path }) => ({
          value: id,
          label: path === '' ? label : l10n.t('{label}: {path}', { label, path }),
        })),
      ]);
    },
    reset(to, isCopy) {
      provider.value = OTHER;
      destination.value = to;
      showRegions();
      provider.element.hidden = isCopy;
      if (isCopy) region.element.hidden = true;
    },
    fields() {
      const { id = OTHER, envKey = '', modelHint = '', regions = [] } = chosen() ?? {};
      const baseUrl = regions.find((one) => one.id === region.value)?.baseUrl ?? '';
      return { id: modelHint, baseUrl, envKey: id === OTHER ? '' : envKey };
    },
    focus: () => provider.focus(),
  };
}

function isDestination(value: string): value is Destination {
  return value === 'account' || value === 'settings' || value === 'workspace' || value === 'user';
}
