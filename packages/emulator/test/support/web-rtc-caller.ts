import wrtc from "@roamhq/wrtc";

/** Somebody who calls: sound by 10 ms, and a data channel. */
export interface WebRtcCaller {
  readonly peer: RTCPeerConnection;
  readonly channel: RTCDataChannel;
  /** Messages that came, in order. */
  readonly messages: readonly unknown[];
  /** The offer; to be taken once. */
  offer(): Promise<string>;
  answer(sdp: string): Promise<void>;
  /** Resolves when the channel is open. */
  readonly open: Promise<void>;
  /** Resolves when the channel is closed. */
  readonly closed: Promise<void>;
  /** Speaks a frame of 10 ms at 24 kHz. */
  speak(frame: Int16Array): void;
  /** Calls `listener` with what is heard, frame by frame; the samples are of one channel. */
  onSound(listener: (samples: Int16Array, sampleRate: number) => void): void;
  hangUp(): void;
}

export function webRtcCaller(): WebRtcCaller {
  const peer = new wrtc.RTCPeerConnection();
  const source = new wrtc.nonstandard.RTCAudioSource();
  const track = source.createTrack();
  const { receiver } = peer.addTransceiver(track, { direction: "sendrecv" });
  const channel = peer.createDataChannel("oai-events");
  const messages: unknown[] = [];
  const open = Promise.withResolvers<void>();
  const closed = Promise.withResolvers<void>();
  const sinks: { stop(): void }[] = [];
  channel.addEventListener("open", () => open.resolve());
  channel.addEventListener("close", () => closed.resolve());
  channel.addEventListener("message", ({ data }) => messages.push(data));
  return {
    peer,
    channel,
    messages,
    open: open.promise,
    closed: closed.promise,
    async offer() {
      await peer.setLocalDescription(await peer.createOffer());
      return peer.localDescription?.sdp ?? "";
    },
    answer: (sdp) => peer.setRemoteDescription({ type: "answer", sdp }),
    speak(samples) {
      const format = { sampleRate: 24_000, bitsPerSample: 16, channelCount: 1 };
      source.onData({ samples, ...format, numberOfFrames: samples.length });
    },
    onSound(listener) {
      const sink = new wrtc.nonstandard.RTCAudioSink(receiver.track);
      sink.ondata = ({ samples, sampleRate }: { samples: Int16Array; sampleRate: number }) =>
        listener(samples, sampleRate);
      sinks.push(sink);
    },
    hangUp() {
      for (const sink of sinks) sink.stop();
      track.stop();
      channel.close();
      peer.close();
    },
  };
}
