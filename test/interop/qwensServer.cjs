// Loaded into Qwen Code before all else: what it would ask of Qwen's servers, it asks of QWENS_SERVER, without TLS.
const net = require('node:net');
const tls = require('node:tls');

const { hostname, port } = new URL(process.env.QWENS_SERVER);

const send = globalThis.fetch;
globalThis.fetch = (input, init) =>
  typeof input === 'string'
    ? send(input.replace(/^https:\/\/chat\.qwen\.ai(?=\/)/, process.env.QWENS_SERVER), init)
    : send(input, init);

// Requests to models go by a client of its own.
const connect = tls.connect;
tls.connect = (options, ...rest) => {
  if (options.host !== 'portal.qwen.ai') return connect(options, ...rest);
  const socket = net.connect(Number(port), hostname);
  return socket.once('connect', () => socket.emit('secureConnect'));
};
