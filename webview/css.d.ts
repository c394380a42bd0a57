// The bundler turns these imports into dist/webview.css.
declare module '*.css';
