/** The values of JSON that stand in a row, each as text; a string that is cut off goes to the end. */
export function jsonValues(text: string): readonly string[] {
  const values: string[] = [];
  let [depth, start] = [0, 0];
  const cut = (end: number): void => {
    if (text.slice(start, end).trim() !== '') values.push(text.slice(start, end));
    start = end;
  };
  for (const { 0: sign, index } of text.matchAll(/"[^"\\]*(?:\\.?[^"\\]*)*(?:"|$)|[{}[\]]/gs)) {
    const isEnd = sign === '}' || sign === ']';
    if (depth === 0 && !isEnd) cut(index);
    if (!sign.startsWith('"')) depth += isEnd ? -1 : 1;
    if (depth === 0) cut(index + sign.length);
  }
  cut(text.length);
  return values;
}
