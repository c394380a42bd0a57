/** The platform's code for what lies at the bottom of an error, such as `ENOENT`; empty where it has none. */
export function platformCode(error: unknown): string {
  if (!(error instanceof Error)) return '';
  const own = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return platformCode(error.cause) || own;
}
