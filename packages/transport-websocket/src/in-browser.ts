/**
 * Whether this program runs in a browser, in a page or in one of its workers, so that whoever opens the page can read
 * what it holds. Every browser's name for itself begins with `Mozilla/`; Node, Deno, Bun and Workers at the edge of a
 * network give their own.
 */
export function inBrowser(): boolean {
  if (typeof document !== "undefined") return true;
  const { navigator } = globalThis as { navigator?: { readonly userAgent?: unknown } };
  return typeof navigator?.userAgent === "string" && navigator.userAgent.startsWith("Mozilla/");
}
