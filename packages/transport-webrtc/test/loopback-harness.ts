import type { TransportHarness } from "@duologue/testing";
import { type SdpExchange, webRtc } from "../src/index.ts";
import { type Loopback, type LoopbackOptions, loopback, type PeerConstructor } from "./loopback.ts";

/** Makes harnesses of `webRtc` with one implementation, for both sides of each call. */
export interface LoopbackHarnesses {
  /** A new one. */
  harness(): TransportHarness;
  /** How many peers of transports are not closed. */
  readonly openPeers: number;
  stop(): void;
}

export function loopbackHarnesses(Peer: PeerConstructor, options?: LoopbackOptions): LoopbackHarnesses {
  const peers: Loopback = loopback(Peer, options);
  const open = new Set<RTCPeerConnection>();

  class CountedPeer extends Peer {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      open.add(this);
    }
    override close(): void {
      open.delete(this);
      super.close();
    }
  }

  return {
    harness() {
      let exchange: SdpExchange = peers.exchange;
      return {
        carriesCloseInfo: false,
        patienceMs: 10_000,
        transport: (options = {}) =>
          webRtc({
            exchange: (offer) => exchange(offer),
            microphone: false,
            RTCPeerConnection: CountedPeer,
            ...options,
          }),
        serve(accept) {
          exchange = peers.exchange;
          peers.onChannel = (channel, call) => {
            const sink = accept({
              send: (frame) => channel.send(frame),
              close: () => channel.close(),
              break: () => call.peer.close(),
            });
            let isOver = false;
            const end = () => {
              if (isOver) return;
              isOver = true;
              sink.closed({ code: 1005, reason: "" });
              call.peer.close();
            };
            channel.addEventListener("close", end);
            return sink.frame;
          };
        },
        refuse() {
          exchange = async () => {
            throw new Error("403 Forbidden");
          };
        },
        stall() {
          const arrived = Promise.withResolvers<void>();
          const gone = Promise.withResolvers<void>();
          exchange = ({ signal }) => {
            signal.addEventListener("abort", () => gone.resolve());
            arrived.resolve();
            return new Promise(() => {});
          };
          return { arrived: arrived.promise, gone: () => gone.promise };
        },
      };
    },
    get openPeers() {
      return open.size;
    },
    stop: peers.stop,
  };
}
