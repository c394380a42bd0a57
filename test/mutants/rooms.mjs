/**
 * The rooms whose code is mutated, and the unit tests that reach it beside those of the room itself.
 * @type {Readonly<Record<string, readonly string[]>>}
 */
export const ROOMS = {
  network: [],
  credentials: ['unit/product/resolutionOrder'],
  oauth: ['unit/signIn', 'unit/product/oauthAnswers', 'unit/product/oidc'],
  config: ['unit/models', 'unit/product/configurationDocuments', 'unit/product/resolutionOrder'],
  signIn: ['unit/session', 'unit/product/freeTier', 'unit/product/oidcProvider'],
  chat: ['unit/product/streamSize', 'unit/product/world', 'unit/product/outcomes'],
};
