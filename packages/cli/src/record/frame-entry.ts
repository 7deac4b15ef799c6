import type { Entry } from "@duologue/core";
import type { UnknownEvent } from "@duologue/protocol";

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/**
 * A frame as an entry. A binary one is what its bytes say in UTF-8, as servers exist that send their JSON so; where
 * they say nothing, its text is `binary frame of 3 bytes, base64: /wD+`.
 */
export function frameEntry(
  at: number,
  from: "server" | "client",
  bytes: Uint8Array,
  isBinary: boolean,
): Entry {
  const text = textOf(bytes, isBinary);
  const event = eventIn(text);
  // What has a type is an event of that side, known or not.
  if (event !== undefined) return { at, from, event } as Entry;
  return { at, from: "local", event: { type: "frame.undecodable", from, text, reason: "not an event" } };
}

function textOf(bytes: Uint8Array, isBinary: boolean): string {
  if (!isBinary) return Buffer.from(bytes).toString();
  try {
    return utf8.decode(bytes);
  } catch {
    return `binary frame of ${bytes.length} bytes, base64: ${Buffer.from(bytes).toString("base64")}`;
  }
}

function eventIn(text: string): UnknownEvent | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && "type" in value && typeof value.type === "string"
      ? { ...value, type: value.type }
      : undefined;
  } catch {
    return undefined;
  }
}
