import add from '@vscode/codicons/src/icons/add.svg';
import beaker from '@vscode/codicons/src/icons/beaker.svg';
import check from '@vscode/codicons/src/icons/check.svg';
import close from '@vscode/codicons/src/icons/close.svg';
import copy from '@vscode/codicons/src/icons/copy.svg';
import edit from '@vscode/codicons/src/icons/edit.svg';
import ellipsis from '@vscode/codicons/src/icons/ellipsis.svg';
import eye from '@vscode/codicons/src/icons/eye.svg';
import eyeClosed from '@vscode/codicons/src/icons/eye-closed.svg';
import key from '@vscode/codicons/src/icons/key.svg';
import refresh from '@vscode/codicons/src/icons/refresh.svg';
import signOut from '@vscode/codicons/src/icons/sign-out.svg';
import trash from '@vscode/codicons/src/icons/trash.svg';

/** VS Code's own icons, those alone that a page shows: the whole font would be half of the panel. */
const ICONS = {
  add,
  beaker,
  check,
  close,
  copy,
  edit,
  ellipsis,
  eye,
  eyeClosed,
  key,
  refresh,
  signOut,
  trash,
} as const;

/** What an icon stands for. */
export type IconName = keyof typeof ICONS;

const parsed = new Map<IconName, Element>();

/** An icon in the colour of the text around it, for the eye alone. */
export function icon(name: IconName): Element {
  const known = parsed.get(name) ?? parse(name);
  parsed.set(name, known);
  return document.importNode(known, true);
}

function parse(name: IconName): Element {
  const svg = new DOMParser().parseFromString(ICONS[name], 'image/svg+xml').documentElement;
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  return svg;
}
