import type { CallMedium } from "./call-medium.ts";
import type { Call, CallState } from "./calls.ts";
import type { LiveSession } from "./live-session.ts";
import type { LiveSessions } from "./live-sessions.ts";
import { randomId } from "./random-id.ts";
import type { Arrival } from "./sessions.ts";

/** The peer has so long to open its data channel. */
const connectWithinMs = 30_000;

/**
 * Answers an SDP offer with a session. The session runs from then on, so that a sideband connection can join before
 * the peer is there. Rejects with what the medium finds wrong with the offer.
 */
export async function offeredCall(
  medium: CallMedium,
  sessions: LiveSessions,
  { sdp, arrival }: { readonly sdp: string; readonly arrival: Arrival },
): Promise<{ readonly call: Call; readonly answerSdp: string }> {
  const id = randomId("rtc_", 32);
  let session: LiveSession | undefined;
  const begun = () => {
    session ??= sessions.open({ ...arrival, audio: "media" }, "webrtc", {
      callId: id,
      takeWithinMs: connectWithinMs,
    });
    return session;
  };
  const { answerSdp } = await medium.answer(sdp, (link) => begun().take(link));
  const opened = begun();
  const call: Call = {
    id,
    carrier: "webrtc",
    get state(): CallState {
      return opened.isOver ? "ended" : "live";
    },
    session: opened,
    outcome: undefined,
    hangUp: () => opened.end(1000, ""),
  };
  return { call, answerSdp };
}
