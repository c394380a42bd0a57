/** Variables that would give a test the keys, the models or the folders of the person who runs it. */
const PERSONAL = /API_KEY|^(OPENAI|LLAMA|QWEN|DASHSCOPE)_|^XDG_.*_HOME$/;

/**
 * The environment of this process without what belongs to the person who runs it.
 * @param {string} home the folder that stands in for the home folder
 * @returns {NodeJS.ProcessEnv}
 */
export function withoutPerson(home) {
  const kept = Object.entries(process.env).filter(([name]) => !PERSONAL.test(name));
  return { ...Object.fromEntries(kept), HOME: home, USERPROFILE: home };
}
