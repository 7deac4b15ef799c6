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

/** `speak` gives the track that the peer speaks on. */
export function loopback(Peer: PeerConstructor, speak?: () => MediaStreamTrack): Loopback {
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
      peer.addEventListener("datachannel", ({ channel: offered }) => {
        // In @roamhq/wrtc, what comes just when the channel is made known overtakes what came before, which is given
        // after `open`.
        const early: string[] = [];
        let hear = (text: string): void => void early.push(text);
        offered.addEventListener("message", ({ data }) => hear(String(data)));
        offered.addEventListener("open", () => {
          hear = self.onChannel(offered, call);
          setTimeout(() => early.forEach(hear), 0);
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
