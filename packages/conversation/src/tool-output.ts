import { messageOf } from "./message-of.ts";

/** What the model reads instead of a result: JSON that holds one sentence. */
export function failure(error: unknown): string {
  return JSON.stringify({ error: messageOf(error) });
}

/**
 * The output of a function as the model reads it: a text as it is, nothing as the empty text, an `Error` as a failure,
 * anything else as JSON, in which whole numbers beyond 2^53 stand as texts. Throws for a value that has no JSON, such as
 * one that contains itself, with words that say that the function has run all the same.
 */
export function outputText(name: string, value: unknown): string {
  if (typeof value === "string") return value;
  if (value === undefined) return "";
  if (value instanceof Error) return failure(value);
  const json = jsonOf(name, value);
  if (json !== undefined) return json;
  const kind = typeof value === "object" ? "an object" : `a ${typeof value}`;
  throw new TypeError(`${name} has run. Its result is ${kind}, which cannot be written down.`);
}

function jsonOf(name: string, value: unknown): string | undefined {
  try {
    return JSON.stringify(value, (_, part) => (typeof part === "bigint" ? part.toString() : part));
  } catch (cause) {
    const message = `${name} has run. Its result cannot be written as JSON: ${messageOf(cause)}`;
    throw new TypeError(message, { cause });
  }
}
