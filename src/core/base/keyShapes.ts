/** What keys of many vendors begin with, before a hyphen or an underscore: alternatives for a pattern. */
export const KEY_BEGINNINGS = 'rk|xai|gsk|csk|hf|nvapi|pplx|tgp|fw|vck';

/**
 * Keys of several parts, or with signs of base64, whole: as the sources of patterns. The first part of each is bounded, so
 * that the time to search a text grows with its length only.
 */
export const KEYS_OF_PARTS: readonly string[] = [
  // A workspace of Alibaba Cloud Model Studio
  'sk-ws-[\\w-]{1,64}(?:\\.[\\w-]{1,512}){1,6}',
  // Requesty
  'rqsty-sk-[\\w+/=-]{16,512}',
  // Google
  'AIza[\\w-]{30,512}',
  'AQ\\.[\\w-]{30,512}',
  // Baidu
  'bce-v3/ALTAK-[\\w-]{8,64}/[0-9a-f]{32,64}',
  // Ollama's cloud and Z.AI: an id and a secret
  '[0-9a-f]{32}\\.(?:[\\w-]{24}|\\w{16})(?!\\w)',
  // A JSON web token, such as MiniMax's; what it claims may be of any length
  'eyJ[\\w-]{8,2048}\\.[\\w-]+\\.[\\w-]*',
];
