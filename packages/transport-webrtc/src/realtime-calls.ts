import { callFailed } from "./call-failure.ts";
import { postOffer } from "./post-offer.ts";
import { type Resolvable, resolved } from "./resolvable.ts";
import type { SdpExchange } from "./sdp-exchange.ts";

/** What `realtimeCalls` needs to know. */
export interface RealtimeCallsOptions {
  /** The key: in a browser an ephemeral one (`ek_…`) that your server made for this user. */
  readonly apiKey: Resolvable<string>;
  /**
   * The session to begin with, in the form that the service has it, its `model` above all. Left out, the session is the
   * one that the ephemeral key was made with.
   */
  readonly session?: Resolvable<object>;
  /** The address of the API itself. Default: `https://api.openai.com/v1`. */
  readonly base?: string | URL | undefined;
  /** More headers, such as `OpenAI-Safety-Identifier`; one of the same name takes the place of ours. */
  readonly headers?: Readonly<Record<string, string>>;
  /**
   * Lets a key that is not ephemeral into a browser, where whoever opens the page can read it and spend on your
   * account. For programs that never leave your own machine.
   */
  readonly dangerouslyAllowStandardKeyInBrowser?: boolean;
  /** Default: the runtime's own. */
  readonly fetch?: typeof fetch;
}

/**
 * An exchange with the Realtime service itself: `POST <base>/realtime/calls`, with the offer and the session as the
 * parts `sdp` and `session` of a form, or, without a session, the offer alone as `application/sdp`. Every function
 * is asked anew on each open. A key that no header can have, or that must not reach a browser, is refused before anything
 * is sent, with `fatal`: a session does not try again.
 *
 * ```ts
 * webRtc({ exchange: realtimeCalls({ apiKey: async (signal) => (await fetch("/key", { signal })).text() }) });
 * ```
 */
export function realtimeCalls(options: RealtimeCallsOptions): SdpExchange {
  const { base = "https://api.openai.com/v1", fetch: request = fetch } = options;
  const url = `${String(base).replace(/\/+$/, "")}/realtime/calls`;
  return async ({ sdp, signal }) => {
    const [apiKey, session] = await Promise.all([
      resolved(options.apiKey, signal),
      options.session === undefined ? undefined : resolved(options.session, signal),
    ]);
    check(apiKey, options);
    const type = session === undefined ? { "Content-Type": "application/sdp" } : {};
    return postOffer({
      url,
      headers: [{ Authorization: `Bearer ${apiKey}`, ...type }, options.headers],
      body: session === undefined ? sdp : form(sdp, session),
      signal,
      secret: apiKey,
      fetch: request,
    });
  };
}

/** Parts without file names: services read those as plain fields. */
function form(sdp: string, session: object): FormData {
  const parts = new FormData();
  parts.set("sdp", sdp);
  parts.set("session", JSON.stringify(session));
  return parts;
}

function check(apiKey: string, { dangerouslyAllowStandardKeyInBrowser = false }: RealtimeCallsOptions): void {
  if (!/^[\x21-\x7e]+$/.test(apiKey)) {
    const message =
      "The API key is empty, or has a character that no header can have: is there a space or a line break at its end?";
    throw callFailed(message, { step: "exchange" }, "fatal");
  }
  if (dangerouslyAllowStandardKeyInBrowser || typeof document === "undefined" || apiKey.startsWith("ek_"))
    return;
  const message =
    "A key that is not ephemeral must not reach a browser, where everybody can read it: let your server make one for each user (they begin with ek_), exchange the offer there (sdpEndpoint), or set dangerouslyAllowStandardKeyInBrowser.";
  throw callFailed(message, { step: "exchange" }, "fatal");
}
