import { postOffer } from "./post-offer.ts";
import { type Resolvable, resolved } from "./resolvable.ts";
import type { SdpExchange } from "./sdp-exchange.ts";

/** What `sdpEndpoint` needs to know. */
export interface SdpEndpointOptions {
  /** Where offers are posted; in a page it may be relative to it. */
  readonly url: string | URL;
  /** More headers, such as your own `Authorization`; a function is asked on each open. */
  readonly headers?: Resolvable<Readonly<Record<string, string>>>;
  /** Whether cookies go along, as `fetch` has it. */
  readonly credentials?: RequestCredentials;
  /** Default: the runtime's own. */
  readonly fetch?: typeof fetch;
}

const notAllowed =
  "This is your own server: check what it wants of a page, such as a cookie or a header, and that its key may use the model.";

/**
 * An exchange by way of your own server, which keeps the key: posts the offer as `application/sdp` and takes the body
 * of the answer for SDP. The call's id is the last part of the `Location` header; to a page of another origin your
 * server has to expose that header (`Access-Control-Expose-Headers: Location`).
 *
 * ```ts
 * webRtc({ exchange: sdpEndpoint({ url: "/calls" }) });
 * ```
 */
export function sdpEndpoint(options: SdpEndpointOptions): SdpExchange {
  const { url, credentials, headers = {}, fetch: request = fetch } = options;
  return async ({ sdp, callId, signal }) => {
    const own = await resolved(headers, signal);
    const answer = await postOffer({
      url,
      headers: [{ "Content-Type": "application/sdp" }, own],
      body: sdp,
      signal,
      credentials,
      advices: { 401: notAllowed, 403: notAllowed },
      fetch: request,
    });
    return { ...answer, callId: answer.callId ?? callId };
  };
}
