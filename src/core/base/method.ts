/** How somebody signs in. */
export type Method = 'qwen-oauth' | 'coding-plan' | 'api-key';

/** A sign-in with a key. */
export type KeyMethod = Exclude<Method, 'qwen-oauth'>;
