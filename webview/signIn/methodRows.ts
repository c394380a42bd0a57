import * as l10n from '@vscode/l10n';
import { plural } from '../../src/language/numbers';
import { listText } from '../../src/language/listText';
import type { PanelState, ToHost } from '../../src/shared/messages';
import type { MethodId, MethodView } from '../../src/shared/signInViews';
import { choiceRows } from '../kit/choiceRows';
import type { Choices } from '../kit/choices';
import { whenChanged } from '../kit/dom';
import type { Part } from '../kit/part';
import { type BuiltForms, createForms, type RowId } from './builtForms';
import type { SignInForm } from './signInForm';

/** The methods as rows, the form of the chosen one inside of its row. */
interface MethodRows extends Part {
  readonly forms: BuiltForms;
  readonly chosen: RowId | undefined;
  /** The form of the chosen row. */
  form(): SignInForm | undefined;
  /** Chooses the row of the method in which that provider is offered: the chosen one where it is such a row. */
  show(method: MethodId, provider?: string): void;
  /** Puts something above the form of the chosen row. */
  tell(element: HTMLElement): void;
  /** Brings the person to the chosen row, and to where its form begins. */
  focusRow(): void;
  focus(): void;
}

/** The rows; of what the person chooses, the choice is kept. */
export function createMethodRows(post: (intent: ToHost) => void, choices: Choices): MethodRows {
  let methods: readonly MethodView[] = [];
  const rows = choiceRows<RowId>(l10n.t('Sign-in method'), (id) => choose(id));
  const forms = createForms(post, choices, (id) => rows.bodyOf(id));
  document.addEventListener('visibilitychange', () => document.hidden && forms.leave());
  const choose = (id: RowId) => {
    forms.leave(id);
    rows.value = id;
    choices.set('method', id);
    const form = forms.of(id);
    forms.showOnly(id);
    form.shown?.();
  };
  const render = whenChanged((offered: readonly MethodView[]) =>
    rows.setChoices(offered.map(({ id, label, description, notice }) => ({ value: id, label, description, notice }))),
  );
  const renderFound = whenChanged((text: string) => rows.setStatus('own-server', text));
  /** Opens the row that was open before the panel was hidden; else the first one, for who has yet to sign in. */
  const openFirst = ({ session }: PanelState) => {
    const known = methods.find(({ id }) => id === choices.get('method'));
    const first = session.kind === 'signedIn' || session.kind === 'loading' ? known : (known ?? methods[0]);
    if (first !== undefined) choose(first.id);
  };
  return {
    element: rows.element,
    forms,
    get chosen() {
      return rows.value;
    },
    form: () => (rows.value === undefined ? undefined : forms.of(rows.value)),
    show(method, provider) {
      const offered = methods.filter(
        (one) => one.method === method && (provider === undefined || one.providers.includes(provider)),
      );
      const row = offered.find(({ id }) => id === rows.value) ?? offered[0];
      if (row !== undefined) choose(row.id);
    },
    tell(element) {
      if (rows.value !== undefined) rows.bodyOf(rows.value).prepend(element);
    },
    update(state) {
      methods = state.methods;
      render(methods);
      if (rows.value === undefined) openFirst(state);
      forms.update(state);
      renderFound(runningText(state));
    },
    focusRow: () => rows.focus(),
    focus() {
      if (rows.value === undefined) rows.focus();
      else forms.of(rows.value).focus();
    },
  };
}

/** Which servers of this computer answer. */
function runningText({ localServers = [], providers }: PanelState): string {
  const labels = providers.filter(({ id }) => localServers.includes(id)).map(({ label }) => label);
  const names = listText(labels);
  return labels.length === 0
    ? ''
    : plural(labels.length, l10n.t('{names} is running', { names }), l10n.t('{names} are running', { names }));
}
