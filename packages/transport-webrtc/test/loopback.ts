import type { SdpExchange } from "../src/index.ts";

/** An implementation of WebRTC. */
export type PeerConstructor = new (configuration?: RTCConfiguration) => RTCPeerConnection;

/** The other side of one call. */
interface LoopbackCall {
  readonly peer: RTCPeerConnection;
  /** The caller's data channel, once it is open. */
  readonly channel: Promise<RTCDataChannel>;
  /** The caller's sound. */
  readonly track: Promise<MediaStreamTrack>;
  /** The id of the call, as the exchange told it. */
  readonly callId: string;
}

/** A peer in this process that answers offers, each with a peer connection of its own. */
export interface Loopback {
  readonly exchange: SdpExchange;
  /** Negotiates anew with the peer of a call. */
  readonly restart: SdpExchange;
  /** Told of each channel when it is open; returns who is given its messages. */
  onChannel: (channel: RTCDataChannel, call: LoopbackCall) => (text: string) => void;
  /** The next call. */
  next(): Promise<LoopbackCall>;
  /** Every call so far. */
  readonly calls: readonly LoopbackCall[];
  /** Closes what is open. */
  stop(): void;
}

/** How the answering peer comes by the caller's channel, before that is open. */
export type FindChannel = (peer: RTCPeerConnection, found: (channel: RTCDataChannel) => void) => void;

/** It is told of it. */
const announced: FindChannel = (peer, found) =>
  peer.addEventListener("datachannel", ({ channel }) => found(channel));

/**
 * It makes the other end itself: in @roamhq/wrtc, what comes in the moment in which a channel is made known may overtake
 * what came before.
 */
export const presumed: FindChannel = (peer, found) =>
  // The answerer begins the handshake of DTLS, and streams of odd numbers are the offerer's.
  found(peer.createDataChannel("oai-events", { negotiated: true, id: 1 }));

/** What a loopback may be told. */
export interface LoopbackOptions {
  readonly findChannel?: FindChannel;
  /** Gives the track that the peer speaks on. */
  readonly speak?: () => MediaStreamTrack;
}

export function loopback(
  Peer: PeerConstructor,
  { findChannel = announced, speak }: LoopbackOptions = {},
): Loopback {
  const calls: LoopbackCall[] = [];
  const waiting: ((call: LoopbackCall) => void)[] = [];
  let given = 0;

  const self: Loopback = {
    calls,
    onChannel: () => () => {},
    async exchange({ sdp }) {
      const peer = new Peer();
      const channel = Promise.withResolvers<RTCDataChannel>();
      const track = Promise.withResolvers<MediaStreamTrack>();
      findChannel(peer, (offered) => {
        let hear = (_text: string): void => {};
        offered.addEventListener("message", ({ data }) => hear(String(data)));
        offered.addEventListener("open", () => {
          hear = self.onChannel(offered, call);
          channel.resolve(offered);
        });
      });
      peer.addEventListener("track", (event) => track.resolve(event.track));
      const call: LoopbackCall = {
        peer,
        channel: channel.promise,
        track: track.promise,
        callId: `rtc_${calls.length + 1}`,
      };
      calls.push(call);
      const answer = await answerOf(peer, sdp, speak);
      waiting.shift()?.(call);
      return { sdp: answer, callId: call.callId };
    },
    async restart({ sdp, callId }) {
      const call = calls.find((each) => each.callId === callId);
      if (call === undefined) throw new Error(`there is no call ${callId}`);
      return { sdp: await answerOf(call.peer, sdp) };
    },
    next() {
      const call = calls[given++];
      if (call !== undefined) return Promise.resolve(call);
      return new Promise((resolve) => waiting.push(resolve));
    },
    stop() {
      for (const { peer } of calls) peer.close();
    },
  };
  return self;
}

async function answerOf(
  peer: RTCPeerConnection,
  sdp: string,
  speak?: () => MediaStreamTrack,
): Promise<string> {
  await peer.setRemoteDescription({ type: "offer", sdp });
  if (speak !== undefined) peer.addTrack(speak());
  await peer.setLocalDescription(await peer.createAnswer());
  if (peer.iceGatheringState !== "complete") {
    await new Promise<void>((resolve) => {
      peer.addEventListener("icegatheringstatechange", () => {
        if (peer.iceGatheringState === "complete") resolve();
      });
    });
  }
  return peer.localDescription?.sdp ?? "";
}
