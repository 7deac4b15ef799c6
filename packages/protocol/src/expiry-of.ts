import type { ServerEvent } from "./generated/types.ts";

/** When the service ends the session, in milliseconds since 1970: `session.created` and `session.updated` say so. */
export function expiryOf(event: ServerEvent): number | undefined {
  if (event.type !== "session.created" && event.type !== "session.updated") return undefined;
  // A frame that differs from its schema is delivered too.
  const seconds: unknown = event.session?.expires_at;
  return typeof seconds === "number" && Number.isFinite(seconds) ? seconds * 1000 : undefined;
}
