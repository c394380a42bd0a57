// A display language for VS Code, without the pack that has its words: extensions are shown in it, VS Code stays English.
import { writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * Makes a language known to the server, as the installation of its pack would.
 * @param {string} userData VS Code's user data folder
 * @param {string} language such as `zh-cn`
 */
export function addLanguage(userData, language) {
  const words = path.join(userData, `${language}.i18n.json`);
  writeFileSync(words, JSON.stringify({ version: '1.0.0', contents: {} }));
  const extension = { extensionIdentifier: { id: `qwen-auth.${language}` }, version: '1.0.0' };
  const pack = { hash: language, extensions: [extension], translations: { vscode: words }, label: language };
  writeFileSync(path.join(userData, 'languagepacks.json'), JSON.stringify({ [language]: pack }));
}
