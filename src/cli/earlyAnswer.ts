import type { Request } from './commandLine';
import { helpText } from './help';

/** What `--help` and `--version` print; undefined for a request that has to know more than it says itself. */
export function earlyAnswer(request: Request, version: string): string | undefined {
  if (request.command === 'help') return helpText(request.topic);
  return request.command === 'version' ? `${version}\n` : undefined;
}
