import type { Clock } from "@duologue/core";
import type { CallLink, CallSession } from "../mouth/call-medium.ts";
import { webRtcEars } from "./webrtc-ears.ts";
import type { WebRtcLibrary } from "./webrtc-library.ts";
import { webRtcLoudspeaker } from "./webrtc-loudspeaker.ts";

/** One call. */
export interface WebRtcCall {
  /** Answers the offer. Rejects with what is wrong with it, and then the call is over. */
  answer(offerSdp: string): Promise<string>;
  /** Hangs up: session, sound, channel and peer, in this order. Calling it again is harmless. */
  end(): void;
}

/** What a call is made of. */
export interface WebRtcCallOptions {
  readonly library: WebRtcLibrary;
  readonly clock: Clock;
  readonly open: (link: CallLink) => CallSession;
  readonly ended: () => void;
}

/** The name of the data channel: what the service's clients use. */
const channelLabel = "oai-events";
/** How long a caller may take from the answer to the open channel. */
const openingMs = 30_000;
/** How long a caller may be silent on the network. */
const goneMs = 5_000;

export function webRtcCall({ library, clock, open, ended }: WebRtcCallOptions): WebRtcCall {
  const { MediaStream, RTCPeerConnection, nonstandard } = library;
  const peer = new RTCPeerConnection();
  const source = new nonstandard.RTCAudioSource();
  const mouth = source.createTrack();
  const speaker = webRtcLoudspeaker(clock, (samples) => {
    const format = { sampleRate: 24_000, bitsPerSample: 16, channelCount: 1 };
    source.onData({ samples, ...format, numberOfFrames: samples.length });
  });
  let session: CallSession | undefined;
  let channel: RTCDataChannel | undefined;
  let stopEars = () => {};
  let isOver = false;
  let cancelGone = clock.after(openingMs, end);

  function end(): void {
    if (isOver) return;
    isOver = true;
    cancelGone();
    session?.end();
    // The library crashes where a peer goes before what it carries.
    stopEars();
    speaker.stop();
    mouth.stop();
    channel?.close();
    peer.close();
    ended();
  }

  peer.addEventListener("connectionstatechange", () => {
    const { connectionState: state } = peer;
    if (state === "failed" || state === "closed") end();
    if (isOver || session === undefined) return;
    cancelGone();
    if (state === "disconnected") cancelGone = clock.after(goneMs, end);
  });
  peer.addEventListener("track", ({ track }) => {
    if (track.kind !== "audio" || isOver) return;
    const sink = new nonstandard.RTCAudioSink(track);
    const ears = webRtcEars((samples) => session?.microphone(samples));
    sink.ondata = ears;
    stopEars = () => sink.stop();
  });
  peer.addEventListener("datachannel", ({ channel: offered }) => {
    if (offered.label !== channelLabel || channel !== undefined) return offered.close();
    channel = offered;
    channel.binaryType = "arraybuffer";
    // What comes in the moment in which the library makes the channel known overtakes what came before, and that
    // comes behind `open`, all in one turn.
    const early: unknown[] = [];
    channel.addEventListener("message", ({ data }) => {
      if (session === undefined) early.push(data);
      else hear(data);
    });
    channel.addEventListener("open", () => {
      begin(offered);
      setImmediate(() => early.forEach(hear));
    });
    channel.addEventListener("close", end);
  });

  function hear(data: unknown): void {
    if (typeof data === "string") session?.frame(data);
    else session?.binary();
  }

  function begin(events: RTCDataChannel): void {
    if (isOver || session !== undefined) return;
    cancelGone();
    session = open({
      send(frame) {
        const most = peer.sctp?.maxMessageSize ?? Number.POSITIVE_INFINITY;
        if (events.readyState === "open" && Buffer.byteLength(frame) <= most) return events.send(frame);
        end();
        throw new Error("The data channel is closed, or the frame is larger than it takes.");
      },
      // What was sent before goes out first; the call ends when the caller has closed as well.
      close() {
        events.close();
        cancelGone = clock.after(goneMs, end);
      },
      cut: () => peer.close(),
      play: speaker.play,
      flush: speaker.flush,
    });
    // It may have been cut off while it was greeted.
    if (isOver) session.end();
  }

  return {
    async answer(offerSdp) {
      try {
        requireParts(offerSdp);
        await peer.setRemoteDescription({ type: "offer", sdp: offerSdp }).catch((cause: unknown) => {
          throw new Error(`The offer cannot be taken: ${String(cause)}`, { cause });
        });
        // Clients play the stream that the track comes in.
        peer.addTrack(mouth, new MediaStream([mouth]));
        await peer.setLocalDescription(await peer.createAnswer());
        await gathered(peer);
        return peer.localDescription?.sdp ?? "";
      } catch (error) {
        end();
        throw error;
      }
    },
    end,
  };
}

/** Throws where an offer lacks what a call needs. */
function requireParts(sdp: string): void {
  if (!sdp.trimStart().startsWith("v=0")) throw new Error("The offer is no SDP: it does not begin with v=0.");
  if (!/^m=audio /m.test(sdp)) {
    throw new Error(
      "The offer has no sound: add a track, or a transceiver of audio, before the offer is made.",
    );
  }
  if (!/^m=application .*webrtc-datachannel/m.test(sdp)) {
    throw new Error(`The offer has no data channel: make ${channelLabel} before the offer is made.`);
  }
}

/** Resolves when the answer names all our addresses: no later message could bring more. */
function gathered(peer: RTCPeerConnection): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (peer.iceGatheringState !== "complete" && peer.connectionState !== "closed") return;
      peer.removeEventListener("icegatheringstatechange", look);
      resolve();
    };
    peer.addEventListener("icegatheringstatechange", look);
    look();
  });
}
