import type { Connection } from "@duologue/core";
import type { Observable } from "rxjs";
import type { CallStats } from "./call-stats.ts";
import type { Microphone } from "./microphone.ts";
import type { Playback } from "./playback.ts";

/** A live call: sound on media tracks, frames on a data channel. */
export interface WebRtcConnection extends Connection {
  /** The server's name for the call, where it told one. */
  readonly callId: string | undefined;
  /** The transport's own: what is chosen there outlives the connection. */
  readonly microphone: Microphone;
  /** The transport's own: what is chosen there outlives the connection. */
  readonly playback: Playback;
  /** How the call fares, measured while somebody is subscribed. Completes with the connection. */
  readonly stats$: Observable<CallStats>;
  /** The peer itself, for what is not here. Closing it loses the connection. */
  readonly peer: RTCPeerConnection;
}
