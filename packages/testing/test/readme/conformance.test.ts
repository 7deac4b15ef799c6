import { type FrameSink, memoryTransport } from "@duologue/core";
import { type PeerLink, type TransportHarness, transportConformance } from "@duologue/testing";
import { describe, it } from "vitest";

/** The transport under test, and a peer of it that does as it is told. */
function harness(): TransportHarness {
  let accept: (link: PeerLink) => FrameSink | Promise<FrameSink>;
  return {
    transport: (options = {}) => memoryTransport({ ...options, accept: (peer) => accept(peer) }),
    serve(serving) {
      accept = serving;
    },
    refuse() {
      accept = () => Promise.reject(new Error("not today"));
    },
    stall() {
      const arrived = Promise.withResolvers<void>();
      const answer = Promise.withResolvers<FrameSink>();
      accept = () => {
        arrived.resolve();
        return answer.promise;
      };
      const gone = () =>
        new Promise<void>((closed) => answer.resolve({ frame() {}, closed: () => closed() }));
      return { arrived: arrived.promise, gone };
    },
  };
}

describe("my transport conforms", () => {
  for (const { id, rule, needs, run } of transportConformance) {
    // A harness with `sources()` and `resources()` runs the rest as well.
    if (needs === undefined) it(`${id}: ${rule}`, () => run(harness()));
  }
});
