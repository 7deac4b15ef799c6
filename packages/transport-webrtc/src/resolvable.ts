/**
 * A value, or a function that is asked for it anew on each open: for ephemeral keys, fresh tokens. Its signal fires
 * when the open has failed in the meantime, so that a fetch can be given up.
 */
export type Resolvable<T extends string | object> = T | ((signal: AbortSignal) => T | Promise<T>);

/** The value of a setting. Rejects with whatever its function throws. */
export async function resolved<T extends string | object>(
  value: Resolvable<T>,
  signal: AbortSignal,
): Promise<T> {
  return isFunction(value) ? value(signal) : value;
}

function isFunction<T extends string | object>(
  value: Resolvable<T>,
): value is (signal: AbortSignal) => T | Promise<T> {
  return typeof value === "function";
}
