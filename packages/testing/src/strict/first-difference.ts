import { isBlocks } from "@duologue/core";

/** Where two JSON values differ first. */
export interface ValueDifference {
  /** JSON Pointer (RFC 6901). */
  readonly pointer: string;
  /** `undefined` where there is none. */
  readonly recorded: unknown;
  readonly sent: unknown;
}

/**
 * The first place where `sent` is not what was recorded; `undefined` where there is none. The order of fields means
 * nothing, and a field that is `undefined` is not there. What was redacted when it was recorded equals every text of
 * its length.
 */
export function firstDifference(
  recorded: unknown,
  sent: unknown,
  tolerates: (pointer: string, recorded: unknown, sent: unknown) => boolean = () => false,
  pointer = "",
): ValueDifference | undefined {
  if (Object.is(recorded, sent)) return undefined;
  if (isTree(recorded) && isTree(sent) && Array.isArray(recorded) === Array.isArray(sent)) {
    const names = new Set([...Object.keys(recorded), ...Object.keys(sent)]);
    for (const name of names) {
      const place = `${pointer}/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`;
      const found = firstDifference(recorded[name], sent[name], tolerates, place);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  const hidden =
    typeof recorded === "string" &&
    typeof sent === "string" &&
    isBlocks(recorded) &&
    recorded.length === sent.length;
  return hidden || tolerates(pointer, recorded, sent) ? undefined : { pointer, recorded, sent };
}

function isTree(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
