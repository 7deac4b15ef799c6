/** What a page has played and what it was told, on one clock: that of the audio which it plays. */
interface PageTap {
  /** The loudest sample of each piece of what sounds, in order. */
  readonly sounds: { readonly atMs: number; readonly peak: number }[];
  /** The types of the server's events, in order. */
  readonly events: { readonly atMs: number; readonly type: string }[];
}

declare global {
  var tap: PageTap;
}

/**
 * Listens to whatever a page plays, over media tracks or by its audio graph, and to what its server says. To be run in the
 * page before its own scripts.
 */
export function tapPage(): void {
  const sounds: { atMs: number; peak: number }[] = [];
  const events: { atMs: number; type: string }[] = [];
  const source = `registerProcessor("tap", class extends AudioWorkletProcessor {
    peak = 0;
    process([[samples = []]]) {
      for (const sample of samples) this.peak = Math.max(this.peak, Math.abs(sample));
      if ((currentFrame / 128) % 2 === 0) {
        this.port.postMessage({ atMs: (currentFrame / sampleRate) * 1000, peak: this.peak });
        this.peak = 0;
      }
      return true;
    }
  })`;
  const connect = AudioNode.prototype.connect as (this: AudioNode, ...to: unknown[]) => AudioNode;
  const taps = new Map<BaseAudioContext, Promise<AudioNode>>();
  let clock: BaseAudioContext | undefined;

  function tapOf(context: BaseAudioContext): Promise<AudioNode> {
    const known = taps.get(context);
    if (known !== undefined) return known;
    const made = (async () => {
      const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
      await context.audioWorklet.addModule(url);
      const node = new AudioWorkletNode(context, "tap");
      node.port.onmessage = ({ data }) => void sounds.push(data);
      connect.call(node, context.destination);
      clock = context;
      return node;
    })();
    taps.set(context, made);
    return made;
  }

  AudioNode.prototype.connect = function (this: AudioNode, ...to: unknown[]): AudioNode {
    // A context that is closed meanwhile has nothing to tell any more.
    if (to[0] instanceof AudioDestinationNode) {
      tapOf(this.context).then(
        (node) => connect.call(this, node),
        () => {},
      );
    }
    return connect.call(this, ...to);
  } as typeof AudioNode.prototype.connect;

  function told({ data }: MessageEvent): void {
    events.push({ atMs: (clock?.currentTime ?? 0) * 1000, type: JSON.parse(data).type });
  }

  class TappedSocket extends WebSocket {
    constructor(...args: ConstructorParameters<typeof WebSocket>) {
      super(...args);
      this.addEventListener("message", told);
    }
  }
  class TappedPeer extends RTCPeerConnection {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      this.addEventListener("track", ({ track }) => {
        const context = new AudioContext();
        const node = context.createMediaStreamSource(new MediaStream([track]));
        void tapOf(context).then((tap) => connect.call(node, tap));
      });
    }
    override createDataChannel(...args: Parameters<RTCPeerConnection["createDataChannel"]>): RTCDataChannel {
      const channel = super.createDataChannel(...args);
      channel.addEventListener("message", told);
      return channel;
    }
  }
  Object.assign(globalThis, {
    WebSocket: TappedSocket,
    RTCPeerConnection: TappedPeer,
    tap: { sounds, events },
  });
}
