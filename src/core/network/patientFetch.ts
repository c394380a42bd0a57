import type { Fetch } from '../base/ports';

/**
 * `fetch` for all but chats: it gives up on a server that is silent for 300 s. A model may think for longer, so chats
 * go by `patient`, which never gives up.
 */
export function patientFetch(fetch: Fetch, patient: Fetch): Fetch {
  return async (url, init) => {
    const isChat = /\/(completions|responses)$/.test(new URL(url).pathname);
    return await (isChat ? patient : fetch)(url, init);
  };
}
