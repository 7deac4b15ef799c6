import { type Entry, type FrameSink, type ReplaySource, replay } from "@duologue/core";
import type { PeerLink, TransportHarness } from "../src/index.ts";

/**
 * The conformance harness of the replay transport. Its peer writes the recording while it is played: what the peer
 * does becomes an entry, and the replay follows.
 */
export function replayHarness(): TransportHarness {
  let source: () => ReplaySource | Promise<ReplaySource>;
  return {
    resources: () => process.getActiveResourcesInfo(),
    transport: (options = {}) => replay(() => source(), options),
    serve(accept) {
      source = () => served(accept);
    },
    refuse() {
      source = () => {
        throw new Error("the recording was lent to somebody else");
      };
    },
    stall() {
      const arrived = Promise.withResolvers<void>();
      const found = Promise.withResolvers<ReplaySource>();
      source = () => {
        arrived.resolve();
        return found.promise;
      };
      // Nothing of a replay is open before its source is there: giving up is all that can be seen of it.
      return { arrived: arrived.promise, gone: async () => found.resolve({ entries: [] }) };
    },
  };
}

function served(accept: (link: PeerLink) => FrameSink): ReplaySource {
  const { entries, push } = writing();
  const closed = (code: number, reason: string) =>
    push({ at: null, from: "local", event: { type: "link.closed", code, reason } });
  const peer = accept({
    send: (text) =>
      push({
        at: null,
        from: "local",
        event: { type: "frame.undecodable", from: "server", text, reason: "any text" },
      }),
    close: ({ code, reason }) => closed(code, reason),
    break: () => closed(1006, ""),
  });
  return { entries: [], more: entries, peer };
}

/** Entries that are read in the order in which they are pushed. */
function writing() {
  const waiting: Entry[] = [];
  let wake = () => {};
  async function* entries(): AsyncGenerator<Entry> {
    for (;;) {
      const entry = waiting.shift();
      if (entry !== undefined) yield entry;
      else
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
    }
  }
  return {
    entries: entries(),
    push(entry: Entry) {
      waiting.push(entry);
      wake();
    },
  };
}
