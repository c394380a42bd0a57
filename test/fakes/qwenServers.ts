import type { Fetch } from '../../src/core/base/ports';
import { platformFetch } from './bench';

/** The sandbox of that origin under the names of Qwen's own servers; the page for a code is on theirs too. */
export function qwenServers(origin: () => string): Fetch {
  return async (url, init) => {
    const answer = await platformFetch(url.replace(/^https:\/\/(chat|portal)\.qwen\.ai/, origin()), init);
    if (!url.endsWith('/device/code')) return answer;
    return new Response((await answer.text()).replaceAll(origin(), 'https://chat.qwen.ai'), answer);
  };
}
