import { listenOn } from "./listen-on.ts";

/**
 * Calls `changed` when a browser has come to another network, as far as it tells: it is online again, or, in Chromium
 * on phones, of another type. Returns what stops it.
 */
export function networkChanges(changed: () => void): () => void {
  // A proposal that Chromium alone has, and DOM's types do not.
  const { connection } = (globalThis.navigator ?? {}) as { readonly connection?: { readonly type?: string } };
  let type = connection?.type;
  const stopOnline = listenOn(globalThis.window, "online", changed);
  // It fires for each new estimate of the speed as well.
  const stopChange = listenOn(connection, "change", () => {
    if (connection?.type === type) return;
    type = connection?.type;
    changed();
  });
  return () => {
    stopOnline();
    stopChange();
  };
}
