import { messageOf } from "../wire/message-of.ts";

/** The part of WebRTC that is used here; `@roamhq/wrtc` alone has it in Node. */
export type WebRtcLibrary = Pick<
  typeof import("@roamhq/wrtc"),
  "MediaStream" | "RTCPeerConnection" | "nonstandard"
>;

let endsInTime = false;

/** Loads `@roamhq/wrtc`. Rejects with what to install where it is not there. */
export async function webRtcLibrary(
  load: () => Promise<{ readonly default: WebRtcLibrary }> = () => import("@roamhq/wrtc"),
): Promise<WebRtcLibrary> {
  try {
    const { default: library } = await load();
    endInTime();
    return library;
  } catch (cause) {
    const message = `Calls by WebRTC need the package @roamhq/wrtc: install it beside @duologue/emulator. (${messageOf(cause)})`;
    throw new Error(message, { cause });
  }
}

/**
 * Where Node takes itself down after the last of its work, the library frees tracks that are freed already and crashes.
 * `process.exit` leaves that out; here it comes after all that others want to do at the exit.
 */
function endInTime(): void {
  if (endsInTime) return;
  endsInTime = true;
  process.once("beforeExit", () => process.once("exit", (code) => process.exit(code)));
}
