// The bundler turns these imports into dist/webview.css.
declare module '*.css';

// Text that the bundler puts into dist/webview.js.
declare module '*.svg' {
  const text: string;
  export default text;
}
