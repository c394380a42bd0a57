/** Qwen Code's settings with so many models, at fifty servers. */
export function manyEntries(count: number): string {
  const entry = (at: number) => ({
    id: `model-${at}`,
    baseUrl: `https://m${at % 50}.example.com/v1`,
    envKey: 'MANY_KEY',
  });
  return JSON.stringify(
    { modelProviders: { openai: Array.from({ length: count }, (_, at) => entry(at)) } },
    undefined,
    2,
  );
}
