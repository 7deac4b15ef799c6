import { type Clock, systemClock } from "@duologue/core";
import type { CallMedium } from "../mouth/call-medium.ts";
import { type WebRtcCall, webRtcCall } from "./webrtc-call.ts";
import { type WebRtcLibrary, webRtcLibrary } from "./webrtc-library.ts";

/** What `webRtcMedium` can be told. */
export interface WebRtcMediumOptions {
  /** Time for the pace of the sound. Default: the machine's own. */
  readonly clock?: Clock;
  /** Default: `@roamhq/wrtc`, loaded when the medium is made. */
  readonly library?: WebRtcLibrary;
}

/**
 * Carries calls by WebRTC: hears the caller's track, plays at real pace on a track of its own, and takes the events of
 * the data channel `oai-events`. Rejects with what to install where `@roamhq/wrtc` is not there.
 */
export async function webRtcMedium(options: WebRtcMediumOptions = {}): Promise<CallMedium> {
  const { clock = systemClock(), library = await webRtcLibrary() } = options;
  const calls = new Set<WebRtcCall>();
  return {
    async answer(offerSdp, open) {
      const call: WebRtcCall = webRtcCall({ library, clock, open, ended: () => calls.delete(call) });
      calls.add(call);
      return { answerSdp: await call.answer(offerSdp) };
    },
    async close() {
      for (const call of [...calls]) call.end();
    },
  };
}
