/**
 * How many tokens a response of some models reads at the most, by how their names begin. Of a model with a context of 32k
 * and 4,096 tokens of output the API's types say 28,224; the contexts of the others, 128,000 and 16,000, and their output,
 * 32,000 and 4,096, are those of their pages, and what is left for input is reckoned from them.
 */
const known: readonly (readonly [name: RegExp, inputTokens: number])[] = [
  // A number is a version only where no date goes on with it: gpt-realtime-2025-08-28 is a gpt-realtime.
  [/^gpt-realtime-([2-9]|[1-9]\d{1,2})(\.\d+)?(-|$)/, 96_000],
  [/^gpt-4o-mini-realtime(-|$)/, 11_840],
];
const usual = 28_224;

/** How many tokens a response of this model reads at the most; 28,224 where nothing is known of it. */
export function inputTokensOf(model: string): number {
  return known.find(([name]) => name.test(model))?.[1] ?? usual;
}
