import { isObject } from "../check.ts";
import { withChanged, withEach } from "./fields.ts";

const assistantParts: ReadonlyMap<unknown, string> = new Map([
  ["text", "output_text"],
  ["audio", "output_audio"],
]);

const inputParts: ReadonlyMap<unknown, string> = new Map([
  ["text", "input_text"],
  ["audio", "input_audio"],
]);

/** An item with its content parts named as in the core: `text` is `output_text` where the assistant speaks. */
export function upcastItem(item: unknown): unknown {
  if (!isObject(item)) return item;
  const { role } = item;
  if (role !== "assistant" && role !== "user" && role !== "system") return item;
  const names = role === "assistant" ? assistantParts : inputParts;
  const rename = (part: unknown) =>
    isObject(part) ? withChanged(part, "type", (type) => names.get(type) ?? type) : part;
  return withChanged(item, "content", (content) => withEach(content, rename));
}
