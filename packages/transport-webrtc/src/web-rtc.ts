import { type FrameSink, systemClock, type Transport } from "@duologue/core";
import type { Microphone } from "./microphone.ts";
import { openCall } from "./open-call.ts";
import type { Playback } from "./playback.ts";
import { sharedMicrophone } from "./shared-microphone.ts";
import { sharedPlayback } from "./shared-playback.ts";
import type { WebRtcConnection } from "./web-rtc-connection.ts";
import type { WebRtcOptions } from "./web-rtc-options.ts";

/** A transport over WebRTC. Microphone and loudspeaker are its own, and outlive its connections. */
export interface WebRtcTransport extends Transport<WebRtcConnection> {
  readonly microphone: Microphone;
  readonly playback: Playback;
  /**
   * As `Transport.open`. `ready` resolves when sound may flow, once the session is configured; until then silence is
   * sent and nothing is played. Where it is left out, sound flows as soon as the connection is open. `closing` fires
   * when no connection follows: a device that is held for one after a loss is closed then. `asking` is called with what
   * settles when there is a microphone, or is none: a person may be reading the browser's question.
   *
   * Rejects with `connect_failed` and a `CallFailure` as its cause, with `fatal` where trying again cannot help, or with
   * `aborted`.
   */
  open(
    sink: FrameSink,
    options?: {
      readonly signal?: AbortSignal;
      readonly ready?: Promise<void>;
      readonly closing?: AbortSignal;
      readonly asking?: (answered: Promise<unknown>) => void;
    },
  ): Promise<WebRtcConnection>;
}

/**
 * A transport over WebRTC: speech on media tracks, frames on a data channel that is part of the offer. Works in
 * browsers, and in Node with an implementation that is handed in.
 *
 * A channel that the peer closes ends the connection with 1000, for a data channel carries no code; a peer that hangs
 * up or vanishes with 1006. The server plays and cuts the answers: there is no player here to be flushed.
 *
 * ```ts
 * const transport = webRtc({ exchange: sdpEndpoint({ url: "/calls" }) });
 * button.onclick = () => Promise.all([transport.playback.unlock(), session.open()]);
 * ```
 */
export function webRtc(options: WebRtcOptions): WebRtcTransport {
  const { clock = systemClock(), mediaDevices = globalThis.navigator?.mediaDevices } = options;
  const shared = {
    microphone: sharedMicrophone(options.microphone ?? true, mediaDevices, clock),
    playback: sharedPlayback(options.playback),
  };
  return {
    name: "webrtc",
    audio: "media",
    microphone: shared.microphone.microphone,
    playback: shared.playback.playback,
    open: (sink, { signal, ready, closing, asking } = {}) =>
      openCall(options, { ...shared, sink, signal, ready, closing, asking }),
  };
}
