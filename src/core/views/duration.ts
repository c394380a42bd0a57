const STEPS = [
  { word: 'days', seconds: 86_400, from: 2 * 86_400 },
  { word: 'h', seconds: 3600, from: 2 * 3600 },
  { word: 'min', seconds: 60, from: 2 * 60 },
] as const;

/** A span of seconds as a person says it, such as `7 s`, `5 min` or `3 h`; rounded up, so that nobody comes too early. */
export function durationText(seconds: number): string {
  const step = STEPS.find(({ from }) => seconds >= from);
  return step ? `${Math.ceil(seconds / step.seconds)} ${step.word}` : `${Math.ceil(seconds)} s`;
}
