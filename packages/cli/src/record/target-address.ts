import { UsageError } from "../command.ts";

/** Reads the address of a server. Throws `UsageError` for what no WebSocket can be opened to. */
export function targetAddress(text: string): URL {
  if (!URL.canParse(text)) {
    throw new UsageError(`"${text}" is no address; give one such as wss://api.openai.com/v1/realtime.`);
  }
  const url = new URL(text);
  // Assigning another scheme works between these four: they are all special ones.
  url.protocol = url.protocol.replace(/^http/, "ws");
  if (url.protocol !== "ws:" && url.protocol !== "wss:") {
    throw new UsageError(`"${url.protocol}" cannot be dialled: the address must begin with wss: or ws:.`);
  }
  url.hash = "";
  return url;
}

/** Where to dial for a client that asked for this path and query: its parameters win over those of the target. */
export function addressFor(target: URL, requested: string): URL {
  const url = new URL(target);
  const query = new URLSearchParams(requested.split("?")[1] ?? "");
  for (const [name, value] of query) url.searchParams.set(name, value);
  return url;
}

/** The address for people to read and to keep: without password and parameters, which may be secrets. */
export function shownAddress(url: URL): string {
  return `${url.protocol}//${url.host}${url.pathname}`;
}
