import * as l10n from '@vscode/l10n';
import { regionsLabel } from '../kit/regionsLabel';
import type { ProviderView } from '../../src/shared/signInViews';
import type { Choices } from '../kit/choices';
import { comboBox } from '../kit/comboBox';
import type { GroupedChoice } from '../kit/optionList';
import { regionOf, type ChosenServer } from './chosenServer';
import type { KeyFields } from './signInForm';
import { dropdown, textField, type TextFieldPart } from '../kit/toolkit';

/** The fields that say which server is meant. */
export interface ServerFields {
  readonly elements: readonly HTMLElement[];
  readonly baseUrl: TextFieldPart;
  /** What is filled in; undefined while there is no provider to choose. */
  value(): ChosenServer | undefined;
  /**
   * Offers these providers; the one that is chosen stays so, or else was chosen before the panel was hidden. Says whether
   * the fields have just been filled in with what was kept of it.
   */
  offer(providers: readonly ProviderView[]): boolean;
  /** Fills them in; says whether that changes neither the provider nor the base URL. */
  fillIn(fields: KeyFields): boolean;
}

/** The choice of a provider and of its region, and a field for the base URL; `on` hears what the person changes. */
export function createServerFields(
  choices: Choices,
  onKey: (event: KeyboardEvent) => void,
  on: { readonly provider: () => void; readonly place: () => void },
): ServerFields {
  let providers: readonly ProviderView[] = [];
  const value = () => {
    const chosen = providers.find(({ id }) => id === provider.value);
    return chosen && { provider: chosen, region: region.value, typedUrl: baseUrl.value.trim() };
  };
  const provider = comboBox({
    label: l10n.t('Provider'),
    onChange() {
      baseUrl.value = '';
      showProvider(choices.get('region'));
      on.provider();
    },
  });
  const region = dropdown({
    label: l10n.t('Region'),
    onChange() {
      describeUrl(baseUrl, value());
      on.place();
    },
  });
  const baseUrl = textField({ label: l10n.t('Base URL'), onKey, onInput: on.place });

  const showProvider = (place: string) => {
    offerRegions(region, value(), place);
    describeUrl(baseUrl, value());
  };

  return {
    elements: [provider.element, region.element, baseUrl.element],
    baseUrl,
    value,
    offer(offered) {
      const before = provider.value;
      const wanted = before || choices.get('provider');
      providers = offered;
      provider.setChoices(offered.map(choiceOf));
      provider.element.hidden = offered.length < 2;
      provider.value = (offered.find(({ id }) => id === wanted) ?? offered[0])?.id ?? '';
      const isKept = before === '' && wanted !== '' && provider.value === wanted;
      if (isKept) baseUrl.value = choices.get('baseUrl');
      // What is kept may be of another form by now: a place that is shown stays.
      showProvider(before !== '' && provider.value === before ? region.value : choices.get('region'));
      return isKept;
    },
    fillIn(target) {
      const isSame = provider.value === target.provider && baseUrl.value === (target.baseUrl ?? '');
      provider.value = target.provider;
      baseUrl.value = target.baseUrl ?? '';
      showProvider(target.region ?? '');
      return isSame;
    },
  };
}

/** A provider is found by its addresses too. */
const choiceOf = ({ id, label, group, regions }: ProviderView): GroupedChoice => {
  return { value: id, label, group, words: regions.map(({ baseUrl }) => baseUrl).join(' ') };
};

/** Lets the person choose among the regions of a provider that has several; begins with that `place` where it has it. */
function offerRegions(field: ReturnType<typeof dropdown>, server: ChosenServer | undefined, place: string): void {
  if (server === undefined) return;
  const { provider } = server;
  const { regions, regionsAre } = provider;
  field.label = regionsLabel(regionsAre);
  field.setChoices(regions.map(({ id, label }) => ({ value: id, label })));
  field.value = regionOf(provider, place)?.id ?? '';
  field.element.hidden = regions.length < 2;
}

/** Says in the field what an address looks like, or which one it is without it; a filled field needs neither. */
function describeUrl(field: TextFieldPart, server: ChosenServer | undefined): void {
  if (server === undefined) return;
  const { provider, region } = server;
  const isOptional = provider.baseUrl === 'optional';
  field.element.hidden = provider.baseUrl === 'fixed';
  field.describe({
    label: isOptional ? l10n.t('Base URL (optional)') : l10n.t('Base URL'),
    hint: '',
    placeholder: (isOptional && regionOf(provider, region)?.baseUrl) || provider.baseUrlHint,
  });
}
