import type { Page } from "playwright-core";

/** What a page has played and what it was told, on one clock: that of the audio which it plays. */
interface PageTap {
  /** The loudest sample of each piece of what sounds, in order. */
  readonly sounds: { readonly atMs: number; readonly peak: number }[];
  /** The types of the server's events, in order. */
  readonly events: { readonly atMs: number; readonly type: string }[];
  /**
   * How long the browser holds back what comes on a track, so that it sounds without gaps though it comes unevenly; a few
   * times a second.
   */
  readonly held: { readonly atMs: number; readonly ms: number }[];
}

declare global {
  var tap: PageTap;
}

/** The sessions that greet a page which is tapped, as they come: their ids. */
export function greetings(page: Page): readonly string[] {
  const ids: string[] = [];
  page.on("console", (message) => {
    const id = /^greeted by (.*)/.exec(message.text())?.[1];
    if (id !== undefined) ids.push(id);
  });
  return ids;
}

/**
 * Listens to whatever a page plays, over media tracks or by its audio graph, and to what its server says. To be run in the
 * page before its own scripts.
 */
export function tapPage(): void {
  const sounds: { atMs: number; peak: number }[] = [];
  const events: { atMs: number; type: string }[] = [];
  const held: { atMs: number; ms: number }[] = [];
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

  const nowMs = () => (clock?.currentTime ?? 0) * 1000;

  /** Measures what a peer holds back until it is closed. */
  function measure(peer: RTCPeerConnection): void {
    let before = { seconds: 0, samples: 0 };
    const timer = setInterval(async () => {
      if (peer.connectionState === "closed") clearInterval(timer);
      const atMs = nowMs();
      for (const each of (await peer.getStats()).values()) {
        if (each.type !== "inbound-rtp") continue;
        const after = { seconds: each.jitterBufferDelay ?? 0, samples: each.jitterBufferEmittedCount ?? 0 };
        const seconds = (after.seconds - before.seconds) / (after.samples - before.samples);
        if (Number.isFinite(seconds)) held.push({ atMs, ms: seconds * 1000 });
        before = after;
      }
    }, 200);
  }

  function told({ data }: MessageEvent): void {
    const { type, session } = JSON.parse(data);
    events.push({ atMs: nowMs(), type });
    // Not by a function of the test's, whose answer would count as a gesture of the user.
    if (type === "session.created") console.debug(`greeted by ${session.id}`);
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
      measure(this);
      this.addEventListener("track", ({ track }) => {
        const context = new AudioContext();
        // It hears what comes, whether or not the page may play it; it has to wait for a gesture all the same.
        addEventListener("click", () => void context.resume());
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
    tap: { sounds, events, held },
  });
}
