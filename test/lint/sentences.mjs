// A rule of the linter: what people read is an argument of `l10n.t`, as one whole sentence.

/**
 * @typedef {object} Node A part of the code, with what parts of its kind have.
 * @property {string} type
 * @property {Node} parent
 * @property {unknown} [value]
 * @property {string} [name]
 * @property {string} [operator]
 * @property {Node} [left]
 * @property {Node} [right]
 * @property {Node} [key]
 * @property {Node} [callee]
 * @property {Node} [object]
 * @property {Node} [property]
 * @property {Node[]} [properties]
 * @property {Node[]} [arguments]
 * @property {{ value: { cooked: string } }[]} [quasis]
 */

/** Two words of a sentence, or a label of one word. */
const WORDS = /^\W*[A-Z][\w'’]*,? \S*[a-z]|[a-z]{2,},? [a-z]+,? [a-z]{2,}|[a-z]{2,}[.:!?…]( |$)/;
const LABEL = /^[A-Z][a-z]{2,}(…|\.)?$/;
/** Words of protocols, keyboards, pages and the DOM, and names: they are the same in every language. */
const NAMES = new RegExp(
  '^<!DOCTYPE|^(Accept|Authorization|Bearer|Basic|Location|Retry|Origin|Host|Date|Age|Upgrade|Connection|Via|Allow|Cookie|Forwarded|' +
    'Enter|Escape|Tab|Backspace|Delete|Home|End|Arrow\\w+|Page\\w+|' +
    'Alibaba|Anthropic|Azure|Cerebras|Claude|Fireworks|Gemini|Git|Google|Groq|Linux|Lite|Llama|Meta|Mistral|Moonshot|Node|Ollama|' +
    'Pro|Qwen|Qwen Code|Together|Windows|Zhipu|Requesty|OpenRouter|Error|Object|Function|Promise|' +
    'Qwen: |Qwen Auth|VS Code|Qwen OAuth|Coding Plan|Token Plan|LM Studio|Hugging Face|Azure OpenAI|Kimi \\(Moonshot AI\\)|Grok \\(xAI\\)|' +
    'Alibaba Cloud Model Studio( \\(Bailian\\))?)$',
);
/** What stays English in some files, and why: the part of a text that tells it from a sentence for people. */
const ENGLISH = [
  // What a model reads.
  {
    files: /chat\/(?:history|turns|unseenImages|requestBody|plainSchema)\.ts$|session\/connectionTest\.ts$/,
    text: /./,
  },
  { files: /chat\/chatParticipant\.ts$/, text: /^The file 1:\n\n1$/ },
  // What programs and servers write and read.
  { files: /chat\/(?:finishReason|leakedCalls|answerTail)\.ts$|gateway\/passOn\.ts$/, text: /./ },
  { files: /chat\/foreignChunk\.ts$/, text: /^response\.$/ },
  { files: /panel\/panelHtml\.ts$/, text: /^img-src / },
  { files: /config\/entryProperties\.ts$/, text: /^[a-z ]+$/ },
  { files: /gateway\/unreadable\.ts$/, text: /^[A-Z][\w-]+: / },
  { files: /gateway\/qwenCodeModels\.ts$/, text: /./ },
  { files: /oauth\/loopback\.ts$/, text: /^<!doctype/ },
  // What VS Code keeps a person's consent by.
  { files: /providers\/(?:alibaba|vendors)\.ts$/, text: /^(?:China|International|Singapore|US)\b[ ()\w]*$/ },
  // What names the place that VS Code runs in.
  { files: /vscode\/showSession\.ts$/, text: /^remote: 1$/ },
  // What the log holds.
  { files: /chat\/openStream\.ts$|views\/diagnosticsText\.ts$/, text: /./ },
  { files: /base\/errors\.ts$/, text: /^sign-in required: / },
];
/** What a log holds is for reports of bugs, and stays English. */
const LOGS = /^(?:trace|debug|info|warn|error|log|append|appendLine)$/;
/** What compares a text with another one. */
const COMPARES =
  /^(?:includes|startsWith|endsWith|indexOf|has|get|getConfiguration|test|match|split|matches|closest|querySelector|querySelectorAll)$/;

/** What a literal or a template says. @param {Node} node @returns {string | undefined} */
function textOf({ value, quasis }) {
  if (quasis) return quasis.map((part) => part.value.cooked).join('1');
  return typeof value === 'string' ? value : undefined;
}

/** Where a text may be English. @param {Node} node @returns {boolean} */
function isExempt(node) {
  const { parent } = node;
  switch (parent.type) {
    case 'TSLiteralType':
    case 'TSEnumMember':
    case 'ImportDeclaration':
    case 'ExportNamedDeclaration':
    case 'ExportAllDeclaration':
    case 'ImportExpression':
    case 'SwitchCase':
    case 'TaggedTemplateExpression':
    case 'TSExternalModuleReference':
      return true;
    case 'BinaryExpression':
      return parent.operator === '+' ? isExempt(parent) : true;
    case 'Property':
      return parent.key === node;
    case 'PropertyDefinition':
      // The name of a class of errors.
      return parent.key?.name === 'name';
    case 'MemberExpression':
      // What is joined is as English as its parts.
      if (parent.property === node || COMPARES.test(parent.property?.name ?? '')) return true;
      return /^(?:filter|join)$/.test(parent.property?.name ?? '') ? isExempt(parent.parent) : parent.object !== node;
    case 'TemplateLiteral':
    case 'ConditionalExpression':
    case 'LogicalExpression':
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'ParenthesizedExpression':
    case 'SpreadElement':
    case 'ArrayExpression':
      return isExempt(parent);
    case 'NewExpression':
    case 'CallExpression':
      return takesEnglish(parent, node);
    default:
      return false;
  }
}

/** @param {Node} call @param {Node} argument @returns {boolean} */
function takesEnglish({ callee }, argument) {
  if (!callee || callee === argument) return false;
  if (callee.type === 'Identifier') return /^(?:RegExp|Error|TypeError|RangeError|Set|URL)$/.test(callee.name ?? '');
  if (callee.object?.name === 'l10n') return true;
  const method = callee.property?.name ?? '';
  return LOGS.test(method) || COMPARES.test(method);
}

/** The text of literals that are put together; undefined where anything else is in it. @param {Node} node @returns {string | undefined} */
function wholeText(node) {
  if (node.type === 'Literal') return textOf(node);
  const { left, right } = node;
  if (node.type !== 'BinaryExpression' || !left || !right) return undefined;
  const [before, after] = [wholeText(left), wholeText(right)];
  return before === undefined || after === undefined ? undefined : `${before}${after}`;
}

/** The places of a sentence without a value, and the values without a place. @param {string} sentence @param {Node[]} values */
function unequalPlaces(sentence, values) {
  const places = new Set([...sentence.matchAll(/\{(\w+)\}/g)].map(([, place = '']) => place));
  const [first] = values;
  const given = new Set(first?.properties?.map(({ key }) => key?.name ?? '') ?? values.map((_, at) => `${at}`));
  // What is in an object from elsewhere is not seen here.
  if (given.has('') || (first && !first.properties && places.size > 0 && !places.has('0'))) return [];
  return [...[...places].filter((place) => !given.has(place)), ...[...given].filter((place) => !places.has(place))];
}

/** @param {{ filename: string, report: (problem: { node: Node, message: string }) => void }} context */
function create(context) {
  /** @param {Node} node */
  const check = (node) => {
    const text = textOf(node) ?? '';
    if (!(WORDS.test(text) || LABEL.test(text)) || NAMES.test(text) || isExempt(node)) return;
    if (ENGLISH.some((one) => one.files.test(context.filename) && one.text.test(text))) return;
    context.report({ node, message: `People read this: l10n.t('${text}'), with its Chinese in l10n/.` });
  };
  return {
    Literal: check,
    TemplateLiteral: check,
    /** @param {Node} call */
    CallExpression(call) {
      const [first, ...values] = call.arguments ?? [];
      if (call.callee?.object?.name !== 'l10n' || call.callee.property?.name !== 't' || !first) return;
      if (call.parent.type === 'BinaryExpression' && call.parent.operator === '+')
        context.report({ node: call, message: 'A sentence is not glued: use places in it, or joinSentences.' });
      if (first.type === 'ObjectExpression') return;
      const sentence = wholeText(first);
      if (sentence === undefined)
        return context.report({ node: call, message: 'The sentence of l10n.t is a literal: it is found by its text.' });
      // Else a value in the braces would not be seen.
      if (values.length > 0 && /\{[^}]*\{/.test(sentence))
        context.report({ node: call, message: 'Braces that are no place come in as the value of one.' });
      const places = unequalPlaces(sentence, values);
      if (places.length > 0)
        context.report({ node: call, message: `Places and values of l10n.t differ: ${places.join(', ')}.` });
    },
  };
}

export default { meta: { name: 'qwen' }, rules: { sentences: { create } } };
