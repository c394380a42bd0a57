/** How an answer has ended, by the reason that its server gives. */
export type Ending = 'whole' | 'cut' | 'filtered' | 'failed';

const WHOLE =
  'stop stopped stop_sequence stop_token end end_turn pause_turn end_of_turn eos eos_token eot done complete completed finish ' +
  'finished normal success tool_call tool_calls tool_use function_call function_calls';
const CUT =
  'length max_length max_tokens max_output_tokens max_output_reached max_token token_limit model_length context_length ' +
  'model_context_window_exceeded';
const FILTERED =
  'content_filter content_filtered filtered safety sensitive recitation blocklist prohibited_content spii ' +
  'image_safety refusal guardrail_intervened risk_control';

const ENDINGS: ReadonlyMap<string, Ending> = new Map([
  ...WHOLE.split(' ').map((reason) => [reason, 'whole'] as const),
  ...CUT.split(' ').map((reason) => [reason, 'cut'] as const),
  ...FILTERED.split(' ').map((reason) => [reason, 'filtered'] as const),
]);

/**
 * What a reason means, be it OpenAI's or another vendor's, in any spelling and with more behind a colon. With one that
 * nobody knows, the answer has failed.
 */
export function endingOf(reason: string): Ending {
  const [word = ''] = reason.split(':', 1);
  const written = word
    .trim()
    .replaceAll(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase();
  const name = written.replaceAll(/[ -]/g, '_').replace(/^finish_reason[._]/, '');
  return ENDINGS.get(name) ?? 'failed';
}
