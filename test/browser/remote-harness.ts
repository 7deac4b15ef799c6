import type { FrameSink } from "@duologue/core";
import type { PeerLink, TransportHarness } from "@duologue/testing";
import { webSocket } from "@duologue/transport-websocket";
import type { FromDriver, ToDriver } from "./control-messages.ts";

/** A harness whose peer is elsewhere, and what the control channel tells of it. */
export interface RemoteHarness {
  readonly harness: TransportHarness;
  told(message: Exclude<ToDriver, { kind: "run" }>): void;
}

/**
 * The conformance harness of `webSocket` with the runtime's own WebSocket: a peer in Node does as the control channel
 * says. What it shall do with a dial stands in the dial's address, so that no dial can be faster than the order.
 */
export function remoteHarness(
  number: number,
  peersUrl: string,
  tell: (message: FromDriver) => void,
  resources: () => readonly string[],
): RemoteHarness {
  const sinks = new Map<number, FrameSink>();
  const stalls = new Map<number, { arrived: () => void; gone: () => void }>();
  let accept: ((link: PeerLink) => FrameSink) | undefined;
  let mode = "serve";

  const harness: TransportHarness = {
    patienceMs: 10_000,
    resources,
    transport: (options = {}) => webSocket({ url: () => `${peersUrl}/${number}/${mode}`, ...options }),
    serve(serving) {
      mode = "serve";
      accept = serving;
    },
    refuse() {
      mode = "refuse";
    },
    stall() {
      const stall = stalls.size + 1;
      mode = `stall/${stall}`;
      const arrived = Promise.withResolvers<void>();
      const gone = Promise.withResolvers<void>();
      stalls.set(stall, { arrived: arrived.resolve, gone: gone.resolve });
      return { arrived: arrived.promise, gone: () => gone.promise };
    },
  };

  const accepted = (link: number) => {
    const sink = accept?.({
      send: (text) => tell({ kind: "send", link, text }),
      close: ({ code, reason }) => tell({ kind: "close", link, code, reason }),
      break: () => tell({ kind: "break", link }),
    });
    if (sink !== undefined) sinks.set(link, sink);
  };

  return {
    harness,
    told(message) {
      switch (message.kind) {
        case "stalled":
          stalls.get(message.stall)?.arrived();
          break;
        case "given up":
          stalls.get(message.stall)?.gone();
          break;
        case "accepted":
          accepted(message.link);
          break;
        case "frame":
          sinks.get(message.link)?.frame(message.text);
          break;
        case "closed":
          sinks.get(message.link)?.closed({ code: message.code, reason: message.reason });
          break;
        default:
          message satisfies never;
      }
    },
  };
}
