// Runs first in every frame of a page: tells what frames send to each other, and what is copied.
(() => {
  const frame = location.pathname.endsWith('/fake.html') ? 'the panel' : location.pathname.split('/').at(-1);
  const tell = (/** @type {string} */ area, /** @type {string} */ place, /** @type {unknown} */ what) => {
    let text = String(what);
    try {
      text = JSON.stringify(what) ?? text;
    } catch {
      // What refers to itself, or to what no page may look into, is no text.
    }
    globalThis.tellScan?.(area, place, text);
  };
  // The window itself sends messages to itself to do things later, thousands of them; what it sends to the panel passes here.
  const watched = /** @type {const} */ ([
    [`to ${frame}`, globalThis],
    [`through a port of ${frame}`, MessagePort.prototype],
  ]);
  for (const [place, target] of window === top ? [] : watched) {
    const send = target.postMessage;
    target.postMessage = function (message, ...more) {
      tell('message', place, message);
      return send.call(this, message, ...more);
    };
  }
  const { clipboard } = navigator;
  const copy = clipboard?.writeText.bind(clipboard);
  if (copy)
    clipboard.writeText = (text) => {
      tell('clipboard', 'text', text);
      return copy(text);
    };
})();
