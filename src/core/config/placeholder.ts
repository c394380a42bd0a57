const PLACEHOLDERS: readonly RegExp[] = [
  // <key>, {resource}, $NAME, ${NAME}, %NAME%, [key]
  /[<>{}$]|^%\w+%$|^\[.*\]$/,
  // sk-xxxxx, sk-sp-xxxxx, ****
  /^(?:sk-|ms-)?(?:sp-|or-|v1-|proj-)*[x*._-]*$/i,
  // sk-abc...xyz
  /\.\.\./,
  // your-api-key, yourKey, your_model_choice, https://your-endpoint.com
  /(?:^|[-_/.[ ])your(?![a-z0-9]{16})/i,
  /你的|您的/,
  /^(?:my[-_]?)?(?:api[-_]?)?(?:key|token)(?:[-_]?here)?$/i,
  /(?:change|replace)[-_ ]?(?:me|this|with)/i,
  // The name of a variable, or a program's way to read one
  /^[A-Z][A-Z0-9_]*_(?:KEY|TOKEN)$/,
  /^(?:process|os|import\.meta)\./,
];

/** Whether a value only shows where one would stand, as "your-api-key", "sk-xxxxx" or "$OPENAI_API_KEY" do. */
export function isPlaceholder(value: string): boolean {
  return PLACEHOLDERS.some((pattern) => pattern.test(value));
}
