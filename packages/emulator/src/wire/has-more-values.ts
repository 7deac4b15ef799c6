const quote = '"'.charCodeAt(0);
const backslash = "\\".charCodeAt(0);
const comma = ",".charCodeAt(0);
const bracket = "[".charCodeAt(0);
const brace = "{".charCodeAt(0);

/** A text that has more than this between its strings is not worth looking at any longer. */
const mostBetween = 1_000_000;

/**
 * Whether a JSON text has about so many values and more, or a megabyte of anything but strings, found without reading it: reading a text of many small ones
 * takes a hundred times as long as one of the same length that is a single string. Never throws.
 */
export function hasMoreValues(text: string, most: number): boolean {
  if (text.length <= most) return false;
  let values = 0;
  let between = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (++between > mostBetween) return true;
    if (code === quote) at = endOfString(text, at);
    // Each of these begins a value, or separates two.
    else if ((code === comma || code === bracket || code === brace) && ++values > most) return true;
  }
  return false;
}

/** Where the string that begins at `start` ends; behind the text where it does not. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    let escapes = 0;
    while (text.charCodeAt(end - 1 - escapes) === backslash) escapes++;
    if (escapes % 2 === 0) return end;
  }
  return text.length;
}
