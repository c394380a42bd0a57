/** Whether each of the words occurs in a text, in any case and order. */
export function textFilter(words: string): (text: string) => boolean {
  const wanted = words.toLowerCase().split(/\s+/);
  return (text) => {
    const found = text.toLowerCase();
    return wanted.every((word) => found.includes(word));
  };
}
