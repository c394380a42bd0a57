/** The public clients that may ask, by client id, with the name that the sign-in page shows. */
export const clients: ReadonlyMap<string, string> = new Map([
  ['qwen-auth-sandbox', 'Qwen Auth for VS Code'],
  ['f0304373b74a44d2b584a3fb70ca9e56', 'Qwen Code'],
]);

/** The scopes that the sandbox knows. */
export const scopes = ['openid', 'profile', 'email', 'model.completion', 'offline_access'];

/** True when every asked scope is known; no scope at all is fine (RFC 6749 §3.3). */
export function knowsScope(scope: string): boolean {
  return scope.split(' ').every((one) => one === '' || scopes.includes(one));
}
