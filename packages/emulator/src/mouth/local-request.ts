const localName = /^(?:localhost|.*\.localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/**
 * Whether a request is meant for this machine and comes from no web page of another one. Any page that a browser shows
 * can send requests to this machine, and a name of its own may lead here; both are seen in the address and the origin.
 */
export function isOfThisMachine(request: Request): boolean {
  const origin = request.headers.get("origin");
  return isLocal(request.url) && (origin === null || isLocal(origin));
}

/** Whether an address or an origin, such as `http://localhost:5173`, is of this machine. */
export function isLocal(address: string): boolean {
  return URL.canParse(address) && localName.test(new URL(address).hostname);
}
