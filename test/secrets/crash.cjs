// Loaded before a program: ends it by an error that nobody catches, in the middle of its first request to a model.
require('node:diagnostics_channel').subscribe('http.client.response.finish', () => {
  setImmediate(() => {
    throw new Error('A crash, made for a test.');
  });
});
