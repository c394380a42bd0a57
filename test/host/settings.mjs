/**
 * User settings of every workbench that we open: no welcome pages, no updates, nothing sent anywhere.
 * The git extension is off because the light installation lacks a native module that it needs.
 * @type {Record<string, unknown>}
 */
const quietSettings = {
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'chat.agentHost.enabled': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'extensions.webWorker': false,
  'git.enabled': false,
  'remote.autoForwardPorts': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'workbench.enableExperiments': false,
  'workbench.startupEditor': 'none',
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
};

/**
 * The text of a settings file: the quiet settings, and others on top of them.
 * @param {Record<string, unknown>} [settings]
 */
export const settingsText = (settings) => JSON.stringify({ ...quietSettings, ...settings }, undefined, 2);
