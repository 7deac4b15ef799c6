import { RealtimeError } from "@duologue/core";

/** Parameters by their names on the wire; those without a value are left out. */
export type AddressParameters = Readonly<Record<string, string | undefined>>;

/**
 * `base` with `path` behind its own and with these parameters besides its own; `https:` becomes `wss:`. Throws
 * `invalid_argument` where `base` is no absolute URL.
 */
export function realtimeAddress(base: string | URL, path: string, parameters: AddressParameters): string {
  if (!URL.canParse(base)) {
    throw new RealtimeError("invalid_argument", "The base of a Realtime address is no absolute URL.");
  }
  const url = new URL(base);
  url.protocol = url.protocol.replace(/^http/, "ws");
  url.pathname = `${url.pathname.replace(/\/+$/, "")}${path}`;
  for (const [name, value] of Object.entries(parameters)) if (value) url.searchParams.set(name, value);
  return url.href;
}

/** These parameters themselves. Throws `invalid_argument` unless exactly one of them has a value. */
export function exactlyOne(parameters: AddressParameters, names: string): AddressParameters {
  const named = Object.keys(parameters).filter((name) => parameters[name]);
  if (named.length === 1) return parameters;
  const found = named.length === 0 ? "none" : named.join(" and ");
  const message = `A Realtime address names exactly one of ${names}; this one names ${found}.`;
  throw new RealtimeError("invalid_argument", message);
}
