/** The SDK, a bundle of its own: it is parsed when the first request is made, never at activation. */
export { APIConnectionError, APIConnectionTimeoutError, APIError, OpenAI } from 'openai';
