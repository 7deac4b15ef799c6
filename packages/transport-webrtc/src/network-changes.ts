/** Calls `changed` when a browser has come to another network, as far as it tells. Returns what stops it. */
export function networkChanges(changed: () => void): () => void {
  const { connection } = (globalThis.navigator ?? {}) as { readonly connection?: EventTarget };
  const sources: readonly (readonly [EventTarget | undefined, string])[] = [
    [typeof window === "undefined" ? undefined : window, "online"],
    // Chromium alone tells of a change from one network to another.
    [connection, "change"],
  ];
  for (const [target, type] of sources) target?.addEventListener(type, changed);
  return () => {
    for (const [target, type] of sources) target?.removeEventListener(type, changed);
  };
}
