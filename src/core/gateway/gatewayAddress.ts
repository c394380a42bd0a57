/** The loopback address: no other computer reaches what listens there. */
export const HOST = '127.0.0.1';

/** What all paths of OpenAI's API begin with. */
export const BASE_PATH = '/v1';
