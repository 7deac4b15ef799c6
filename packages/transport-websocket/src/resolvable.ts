import { RealtimeError } from "@duologue/core";

/**
 * A value, or a function that is asked for it anew on each open: for ephemeral keys, signed addresses, fresh
 * tokens. Its signal fires when the open has failed in the meantime, so that a fetch can be given up.
 */
export type Resolvable<T> = T | ((signal: AbortSignal) => T | Promise<T>);

/**
 * The value of a setting. Rejects with `connect_failed`, naming the setting, where its function throws or rejects.
 */
export async function resolved<T extends string | object>(
  setting: string,
  value: Resolvable<T>,
  signal: AbortSignal,
): Promise<T> {
  if (!isFunction(value)) return value;
  try {
    return await value(signal);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    const message = `The ${setting} function of the WebSocket transport failed: ${why}`;
    throw new RealtimeError("connect_failed", message, { cause });
  }
}

function isFunction<T>(value: Resolvable<T>): value is (signal: AbortSignal) => T | Promise<T> {
  return typeof value === "function";
}
