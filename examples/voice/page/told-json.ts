/** A JSON text for one line, without the outermost braces and quotes of names; what is no JSON as it is. */
export function shortJson(text: string): string {
  const value = parsed(text);
  if (value === undefined) return text;
  return JSON.stringify(value)
    .replace(/^\{(.*)\}$/s, "$1")
    .replace(/"([A-Za-z_]\w*)":/g, "$1: ")
    .replace(/,(?=[A-Za-z_]\w*: )/g, ", ");
}

/** A JSON text on several lines; what is no JSON as it is. */
export function spelledJson(text: string): string {
  const value = parsed(text);
  return value === undefined ? text : JSON.stringify(value, null, 2);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // It may be in the middle of coming.
    return undefined;
  }
}
