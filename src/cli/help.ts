/** What `--help` prints. */
export const HELP = `Usage: qwen-auth [arguments] <command> [options]

Commands
  status [--json]      what is in effect, and where it comes from (the default)
  models               the models that are known, the one in use with a star
  env [--shell SHELL]  OPENAI_API_KEY, OPENAI_BASE_URL and OPENAI_MODEL for sh, fish, powershell or json;
                       the only command that prints a key
  exec -- COMMAND…     runs a command with these variables set, and ends with its exit code
  test                 asks the model for a sentence; [--check-regions] sends a key that is refused to the other
                       regions and plans of its provider, and says where it is good
  explain              why which value is used, and where was looked
  login                signs in with a code: [--issuer URL --client-id ID] [--no-browser]
  logout               forgets the sign-in, and what was allowed to workspaces
                       Both ask before they destroy a sign-in that is stored: [--yes] answers for scripts

Arguments, which beat every other source
  --openai-api-key KEY, --openai-base-url URL, --model ID
                       other programs may see arguments: a variable or a file is a better place for a key
  --allow-workspace[=NAME]
                       lets a file of this folder send your key to the address that it names, this once; a key
                       in a variable that is no provider's has to be named
  --help, --version

Exit codes: 0 done, 1 refused or failed, 2 wrong usage; exec has those of its command.
`;
