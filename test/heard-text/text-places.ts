/** Where the words of a text begin and end: what stands between blanks. */
export function textPlaces(text: string): readonly { readonly start: number; readonly end: number }[] {
  return [...text.matchAll(/\S+/g)].map(({ 0: word, index }) => ({ start: index, end: index + word.length }));
}
