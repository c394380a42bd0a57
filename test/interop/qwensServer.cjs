// Loaded into Qwen Code before all else: what it would ask of Qwen's authorization server, it asks of QWENS_SERVER.
const send = globalThis.fetch;
globalThis.fetch = (input, init) =>
  typeof input === 'string'
    ? send(input.replace(/^https:\/\/chat\.qwen\.ai(?=\/)/, process.env.QWENS_SERVER), init)
    : send(input, init);
