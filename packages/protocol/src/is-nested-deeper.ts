/** Deeper than any event of the protocol by far, and shallow enough for whatever walks an event recursively. */
export const mostLevels = 1_000;

/**
 * Whether a value that was read from `text` has more than `most` levels of objects and arrays. Uses at most that much
 * stack itself. Nearly free for everything that cannot be so deep: it takes as many brackets, outside of the strings,
 * and those are counted first, which is faster than walking the value.
 */
export function isNestedDeeper(value: unknown, text: string, most: number): boolean {
  return unquoted(value, text) > 2 * most && hasBrackets(text, most + 1) && isDeeper(value, most);
}

/** How long the text can be without the strings of the outermost fields, which take their length in it at least. */
function unquoted(value: unknown, text: string): number {
  if (typeof value !== "object" || value === null) return 0;
  let left = text.length;
  // Values that were parsed from JSON inherit nothing that could be met here.
  for (const name in value) {
    const field: unknown = value[name as keyof typeof value];
    if (typeof field === "string") left -= field.length;
  }
  return left;
}

/** Whether a text has at least so many opening brackets, those inside strings included. */
function hasBrackets(text: string, count: number): boolean {
  return occurrences(text, "{", count) + occurrences(text, "[", count) >= count;
}

function occurrences(text: string, bracket: string, enough: number): number {
  let found = 0;
  for (let at = text.indexOf(bracket); at >= 0 && found < enough; at = text.indexOf(bracket, at + 1)) found++;
  return found;
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  return levels === 0 || Object.values(value).some((part) => isDeeper(part, levels - 1));
}
