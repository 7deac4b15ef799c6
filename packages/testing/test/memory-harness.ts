import { type FrameSink, type MemoryTransportOptions, memoryTransport, type Transport } from "@duologue/core";
import type { HarnessTransportOptions, PeerLink, TransportHarness } from "../src/index.ts";

/** How a test gets its in-memory transport; a mutant wraps another around it. */
export type MakeTransport = (options: MemoryTransportOptions & HarnessTransportOptions) => Transport;

/** The conformance harness of the in-memory transport. */
export function memoryHarness(make: MakeTransport = memoryTransport, patienceMs = 10_000): TransportHarness {
  let accept: (link: PeerLink) => FrameSink | Promise<FrameSink>;
  return {
    patienceMs,
    resources: () => process.getActiveResourcesInfo(),
    transport: (options = {}) => make({ ...options, accept: (peer) => accept(peer) }),
    serve(serving) {
      accept = serving;
    },
    refuse() {
      accept = () => {
        throw new Error("the peer is not in the mood");
      };
    },
    stall() {
      const arrived = Promise.withResolvers<void>();
      const sink = Promise.withResolvers<FrameSink>();
      accept = () => {
        arrived.resolve();
        return sink.promise;
      };
      return {
        arrived: arrived.promise,
        gone: () =>
          new Promise((resolve) =>
            sink.resolve({ frame() {}, closed: ({ code }) => code === 1006 && resolve() }),
          ),
      };
    },
  };
}
