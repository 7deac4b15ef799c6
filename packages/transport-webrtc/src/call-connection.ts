import { type Clock, type CloseInfo, type FrameSink, RealtimeError } from "@duologue/core";
import { said } from "./call-failure.ts";
import { frameText } from "./frame-text.ts";
import { iceWatch } from "./ice-watch.ts";
import { listenOn } from "./listen-on.ts";
import { networkChanges } from "./network-changes.ts";
import type { Outlet } from "./outlet.ts";
import { exchanged, type SdpExchange } from "./sdp-exchange.ts";
import type { SharedMicrophone } from "./shared-microphone.ts";
import type { SharedPlayback } from "./shared-playback.ts";
import { statsStream } from "./stats-stream.ts";
import type { WebRtcConnection } from "./web-rtc-connection.ts";
import type { WebRtcOptions } from "./web-rtc-options.ts";

/** A call whose data channel has opened. */
export interface OpenCall {
  readonly peer: RTCPeerConnection;
  readonly channel: RTCDataChannel;
  readonly outlet: Outlet;
  /** What the outlet's sound goes into. */
  readonly sender: RTCRtpSender;
  readonly microphone: SharedMicrophone;
  readonly playback: SharedPlayback;
  /** The other side's sound, where there is any. */
  readonly remote: MediaStreamTrack | undefined;
  readonly callId: string | undefined;
  readonly options: WebRtcOptions;
  readonly clock: Clock;
  readonly sink: FrameSink;
  /** When sound may flow; at once where nobody says. */
  readonly ready: Promise<void> | undefined;
}

/** RFC 8841, section 6.1: what an end takes that does not say. */
const unsaidMessageBytes = 65_536;

/** Some implementations say later than the channel closes that what carried it is gone. */
const judgingMs = 50;

/** How often a channel that is to be closed is asked whether all has gone out. */
const drainMs = 5;

const utf8 = new TextEncoder();

/**
 * The connection of a call. To be made in the very task in which the channel opens, so that no frame is missed. Throws
 * what `networkChanges` throws, and is nothing then.
 */
export function callConnection(call: OpenCall): WebRtcConnection {
  const { peer, channel, outlet, microphone, playback, remote, callId, options, clock, sink } = call;
  const { closeTimeoutMs = 2_000, disconnectedMs = 5_000, statsMs = 1_000 } = options;
  const onSinkError =
    options.onSinkError ?? ((error) => console.error("A frame sink of a WebRTC call threw:", error));
  const maxFrameBytes = negotiatedBytes(peer);
  const { promise: closed, resolve: settleClosed } = Promise.withResolvers<void>();
  const over = new AbortController();
  /** The end that was asked for. */
  let asked: CloseInfo | undefined;
  let trouble: string | undefined;
  let cancelTimer = () => {};
  let cancelDrain = () => {};

  const guarded = (run: () => void) => {
    try {
      run();
    } catch (error) {
      onSinkError(error);
    }
  };

  const end = (info: CloseInfo) => {
    if (over.signal.aborted) return;
    try {
      over.abort();
      stopWatch();
      stopPage();
      cancelTimer();
      cancelDrain();
      outlet.end("lost");
      if (remote !== undefined) playback.hide(remote);
      peer.close();
      guarded(() => sink.closed(info));
    } finally {
      settleClosed();
    }
  };
  const lose = (reason: string) => end({ code: 1006, reason });

  // First what may throw: it leaves nothing behind.
  const stopWatch = iceWatch({
    peer,
    clock,
    disconnectedMs,
    restart: options.restart && restarting(peer, options.restart, callId),
    networkChanges: options.networkChanges ?? networkChanges,
    lose,
  });
  // A browser that drops a page tells nobody: the server would hold the session, and bill it, until it misses us.
  const stopPage = listenOn(globalThis.window, "pagehide", (event) => {
    // One that is kept for the way back goes on.
    if (!("persisted" in event && event.persisted)) end({ code: 1001, reason: "the page was left" });
  });
  channel.addEventListener("message", ({ data }) => {
    if (!over.signal.aborted) guarded(() => sink.frame(frameText(data)));
  });
  channel.addEventListener("error", (event) => {
    trouble = said("error" in event ? event.error : event);
  });
  channel.addEventListener("close", () => {
    if (asked !== undefined) end(asked);
    else if (trouble !== undefined) lose(trouble);
    else cancelTimer = clock.after(judgingMs, judge);
  });
  /** A channel can be closed in good order only while what carries it lives. */
  const judge = () => {
    if (isCarried(peer)) end({ code: 1000, reason: "the peer closed the data channel" });
    else lose("the peer hung up");
  };

  outlet.attach(call.sender, (error) => lose(`the microphone could not be attached: ${said(error)}`));
  const letSoundThrough = () => {
    if (over.signal.aborted || asked !== undefined) return;
    outlet.open();
    if (remote !== undefined) playback.show(remote);
  };
  (call.ready ?? Promise.resolve())
    .then(letSoundThrough, () => {})
    .catch((error: unknown) => lose(`the sound could not be let through: ${said(error)}`));

  /** Implementations drop what still waits when a channel is closed. The peer's answer comes as an event. */
  const closeDrained = () => {
    if (channel.bufferedAmount === 0) channel.close();
    else cancelDrain = clock.after(drainMs, closeDrained);
  };

  return {
    maxFrameBytes,
    callId,
    microphone: microphone.microphone,
    playback: playback.playback,
    stats$: statsStream({
      peer,
      over: over.signal,
      clock,
      intervalMs: statsMs,
      measuring: microphone.look,
    }),
    peer,
    get bufferedAmount() {
      return over.signal.aborted ? 0 : channel.bufferedAmount;
    },
    send(frame) {
      if (asked !== undefined || over.signal.aborted || channel.readyState !== "open") {
        throw new RealtimeError("closed", "The WebRTC call is over: nothing can be sent any more.");
      }
      // No UTF-16 unit takes more than three bytes: most frames need no counting.
      if (frame.length * 3 > maxFrameBytes) {
        const bytes = utf8.encode(frame).length;
        if (bytes > maxFrameBytes) {
          const message = `A frame of ${bytes} bytes exceeds the data channel's limit of ${maxFrameBytes}: send less at once.`;
          throw new RealtimeError("frame_too_large", message);
        }
      }
      try {
        channel.send(frame);
      } catch (cause) {
        const message = `The data channel takes no more: ${said(cause)}. Wait for bufferedAmount to fall.`;
        throw new RealtimeError("overflow", message, { cause });
      }
    },
    close({ code = 1000, reason = "" } = {}) {
      if (asked !== undefined || over.signal.aborted) return closed;
      asked = { code, reason };
      // Nobody who hung up is heard while the last words go out.
      outlet.end("closed");
      cancelTimer();
      if (channel.readyState === "closed") {
        end(asked);
        return closed;
      }
      cancelTimer = clock.after(closeTimeoutMs, () =>
        lose(`the peer did not answer the close within ${closeTimeoutMs} ms`),
      );
      closeDrained();
      return closed;
    },
  };
}

/** The largest message that the other side takes, as it said in its answer. */
function negotiatedBytes({ sctp }: RTCPeerConnection): number {
  const negotiated = sctp?.maxMessageSize ?? unsaidMessageBytes;
  return Number.isFinite(negotiated) && negotiated > 0 ? negotiated : Number.MAX_SAFE_INTEGER;
}

function isCarried({ sctp }: RTCPeerConnection): boolean {
  const states: readonly (string | undefined)[] = [sctp?.state, sctp?.transport.state];
  return !states.includes("closed") && !states.includes("failed");
}

/** Negotiates another path for a call. */
function restarting(
  peer: RTCPeerConnection,
  exchange: SdpExchange,
  callId: string | undefined,
): (signal: AbortSignal) => Promise<void> {
  return async (signal) => {
    const offer = await peer.createOffer({ iceRestart: true });
    if (signal.aborted) return;
    await peer.setLocalDescription(offer);
    const answer = await exchanged(exchange, { sdp: peer.localDescription?.sdp ?? "", callId, signal });
    if (!signal.aborted) await peer.setRemoteDescription({ type: "answer", sdp: answer.sdp });
  };
}
