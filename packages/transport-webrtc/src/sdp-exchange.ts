import { callFailed } from "./call-failure.ts";

/** An SDP offer on its way to a server. */
export interface SdpOffer {
  readonly sdp: string;
  /** The call that it is about, where there is one already: an offer that restarts ICE. */
  readonly callId?: string | undefined;
  /** Fires when the open, or the other path, was given up. */
  readonly signal: AbortSignal;
}

/** What a server answered. */
export interface SdpAnswer {
  readonly sdp: string;
  /** The server's name for the call, by which others can join it or hang it up. */
  readonly callId?: string | undefined;
}

/**
 * Takes an offer to a server and brings its answer. `realtimeCalls` and `sdpEndpoint` make some; any function of this
 * form will do. What it rejects with becomes the cause of the error of `open`; a `RealtimeError` passes as it is.
 */
export type SdpExchange = (offer: SdpOffer) => Promise<SdpAnswer>;

/** What an exchange brings. Rejects as it does, and where that is no answer. */
export async function exchanged(exchange: SdpExchange, offer: SdpOffer): Promise<SdpAnswer> {
  const answer: unknown = await exchange(offer);
  if (isAnswer(answer)) return answer;
  const message =
    "The exchange brought no answer: it has to resolve with { sdp }, the server's SDP as a string, which begins with v=0.";
  throw callFailed(message, { step: "exchange" });
}

function isAnswer(value: unknown): value is SdpAnswer {
  return (
    typeof value === "object" &&
    value !== null &&
    "sdp" in value &&
    typeof value.sdp === "string" &&
    value.sdp.trimStart().startsWith("v=0")
  );
}
