/**
 * Listens on what a page has and other runtimes lack, or have only half of: React Native has a `window` that tells
 * nothing. Returns what stops it.
 */
export function listenOn(target: unknown, type: string, listener: (event: Event) => void): () => void {
  if (!isTarget(target)) return () => {};
  target.addEventListener(type, listener);
  return () => target.removeEventListener(type, listener);
}

function isTarget(value: unknown): value is EventTarget {
  return (
    typeof value === "object" &&
    value !== null &&
    "addEventListener" in value &&
    typeof value.addEventListener === "function"
  );
}
