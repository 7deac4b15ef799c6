import { isObject } from "./check.ts";

/** When the service ends the session, in milliseconds since 1970: `session.created` and `session.updated` say so. */
export function expiryOf(event: { readonly type: string; readonly session?: unknown }): number | undefined {
  if (event.type !== "session.created" && event.type !== "session.updated") return undefined;
  // A frame that differs from its schema is delivered too.
  const seconds = isObject(event.session) ? event.session.expires_at : undefined;
  return typeof seconds === "number" && Number.isFinite(seconds) ? seconds * 1000 : undefined;
}
