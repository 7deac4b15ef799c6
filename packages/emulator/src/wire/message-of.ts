/** What was thrown, in words. Never throws itself, whatever that was. */
export function messageOf(error: unknown): string {
  if (error instanceof Error) return error.message;
  const isOpaque = (typeof error === "object" && error !== null) || typeof error === "function";
  return isOpaque ? "Something was thrown that is no error." : String(error);
}
