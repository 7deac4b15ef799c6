/** A table in Markdown. Cells may hold Markdown in one line; a bar in them is escaped. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll("\n", " ").replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

/** The first sentence of a text. */
export function firstSentence(text: string): string {
  return /^.*?[.](?=\s|$)/s.exec(text)?.[0] ?? text;
}

const mostColumns = 100;

/** A JSON value as people write it: what fits into a line stands on one. */
export function jsonText(value: unknown, indent = ""): string {
  const short = inOneLine(value);
  if (indent.length + short.length <= mostColumns || typeof value !== "object" || value === null)
    return short;
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    return `[\n${value.map((element) => inner + jsonText(element, inner)).join(",\n")}\n${indent}]`;
  }
  const fields = Object.entries(value).map(
    ([key, field]) => `${inner}${JSON.stringify(key)}: ${jsonText(field, inner)}`,
  );
  return `{\n${fields.join(",\n")}\n${indent}}`;
}

function inOneLine(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inOneLine).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).map(([key, field]) => `${JSON.stringify(key)}: ${inOneLine(field)}`);
  return fields.length === 0 ? "{}" : `{ ${fields.join(", ")} }`;
}
