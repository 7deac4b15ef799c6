import { type Connection, type FrameSink, memoryTransport, RealtimeError } from "@duologue/core";
import type { MakeTransport } from "./memory-harness.ts";

/** A transport that breaks rules, and the cases that must find it out: these and no others. */
export interface Mutant {
  readonly name: string;
  readonly caughtBy: readonly string[];
  readonly make: MakeTransport;
}

type Open = ReturnType<MakeTransport>["open"];

/** Puts `open` in the place of the in-memory transport's own. */
const reopened =
  (open: (inner: Open, ...args: Parameters<Open>) => ReturnType<Open>): MakeTransport =>
  (options) => {
    const inner = memoryTransport(options);
    return { ...inner, open: (sink, dialling) => open(inner.open, sink, dialling) };
  };

/** Alters what every sink is given. `connection()` is there once the open has resolved. */
const withSink = (alter: (sink: FrameSink, connection: () => Connection | undefined) => Partial<FrameSink>) =>
  reopened(async (open, sink, dialling) => {
    let connection: Connection | undefined;
    const altered = alter(sink, () => connection);
    connection = await open(
      {
        frame: altered.frame ?? ((text) => sink.frame(text)),
        closed: altered.closed ?? ((info) => sink.closed(info)),
      },
      dialling,
    );
    return connection;
  });

/** Alters every connection. `ended()` tells whether its sink was told the end. */
const withConnection = (
  alter: (inner: Connection, sink: FrameSink, ended: () => boolean) => Partial<Connection>,
) =>
  reopened(async (open, sink, dialling) => {
    let ended = false;
    const watching: FrameSink = {
      frame: (text) => sink.frame(text),
      closed(info) {
        ended = true;
        sink.closed(info);
      },
    };
    const inner = await open(watching, dialling);
    const altered = alter(inner, sink, () => ended);
    return {
      maxFrameBytes: altered.maxFrameBytes ?? inner.maxFrameBytes,
      get bufferedAmount() {
        return altered.bufferedAmount ?? inner.bufferedAmount;
      },
      send: altered.send ?? ((frame) => inner.send(frame)),
      close: altered.close ?? ((info) => inner.close(info)),
    };
  });

/** Passes frames on, the 150th and the 151st exchanged. */
function swapping(pass: (frame: string) => void): (frame: string) => void {
  let count = 0;
  let kept: string | undefined;
  return (frame) => {
    count += 1;
    if (count === 150) {
      kept = frame;
      return;
    }
    pass(frame);
    if (kept !== undefined) pass(kept);
    kept = undefined;
  };
}

const isTooLarge = (frame: string, connection: Connection) =>
  new TextEncoder().encode(frame).length > connection.maxFrameBytes;

/** Calls both sinks directly from `send`. */
const synchronous: MakeTransport = (options) => {
  let within: FrameSink | undefined;
  const peers: FrameSink[] = [];
  const inner = memoryTransport({
    ...options,
    async accept(peer) {
      const send = (frame: string) => (within === undefined ? peer.send(frame) : within.frame(frame));
      const link = { ...peer, send, close: peer.close, break: peer.break };
      const sink = await options.accept(link);
      peers.push(sink);
      return sink;
    },
  });
  return {
    ...inner,
    async open(sink, dialling) {
      let over = false;
      const connection = await inner.open(
        {
          frame: (text) => sink.frame(text),
          closed(info) {
            over = true;
            sink.closed(info);
          },
        },
        dialling,
      );
      const peer = peers.pop();
      return {
        maxFrameBytes: connection.maxFrameBytes,
        bufferedAmount: 0,
        send(frame) {
          if (over || isTooLarge(frame, connection)) return connection.send(frame);
          within = sink;
          peer?.frame(frame);
          within = undefined;
        },
        close(info) {
          over = true;
          return connection.close(info);
        },
      };
    },
  };
};

/** At least one for each rule. */
export const mutants: readonly Mutant[] = [
  {
    name: "dials though the signal has fired",
    caughtBy: ["opening/aborted-before"],
    make: reopened(async (open, sink, dialling) => {
      if (!dialling?.signal?.aborted) return open(sink, dialling);
      await open({ frame() {}, closed() {} });
      return open(sink, dialling);
    }),
  },
  {
    name: "does not hear an abort while dialling",
    caughtBy: ["leaks/resources", "leaks/signal", "opening/aborted-during"],
    make: reopened((open, sink, dialling) => open(sink, dialling?.signal?.aborted ? dialling : {})),
  },
  {
    name: "tells the sink of an aborted dial its end",
    caughtBy: ["opening/aborted-during"],
    make: reopened(async (open, sink, dialling) => {
      const before = dialling?.signal?.aborted;
      return open(sink, dialling).catch((error: unknown) => {
        if (!before && dialling?.signal?.aborted) sink.closed({ code: 1006, reason: "" });
        throw error;
      });
    }),
  },
  {
    name: "goes on listening to the signal",
    caughtBy: ["leaks/signal", "opening/abort-after"],
    make: reopened(async (open, sink, dialling) => {
      const connection = await open(sink, dialling);
      dialling?.signal?.addEventListener("abort", () => connection.close());
      return connection;
    }),
  },
  {
    name: "rejects a refusal with a plain Error",
    caughtBy: ["opening/refused"],
    make: reopened((open, sink, dialling) =>
      open(sink, dialling).catch((error: unknown) => {
        const refused = RealtimeError.is(error) && error.code === "connect_failed";
        throw refused ? new Error("refused, and that was that") : error;
      }),
    ),
  },
  {
    name: "tells the sink of a refused dial its end",
    caughtBy: ["opening/refused"],
    make: reopened((open, sink, dialling) =>
      open(sink, dialling).catch((error: unknown) => {
        if (RealtimeError.is(error) && error.code === "connect_failed")
          sink.closed({ code: 1006, reason: "" });
        throw error;
      }),
    ),
  },
  {
    name: "never opens again after a refusal",
    caughtBy: ["opening/reusable"],
    make: (options) => {
      const inner = memoryTransport(options);
      let refusal: Promise<never> | undefined;
      return {
        ...inner,
        open(sink, dialling) {
          const opening = refusal ?? inner.open(sink, dialling);
          opening.catch((error: unknown) => {
            refusal = Promise.reject(error);
            refusal.catch(() => {});
          });
          return opening;
        },
      };
    },
  },
  {
    name: "delivers every connection's frames to the first sink",
    caughtBy: ["opening/independent"],
    make: (options) => {
      const inner = memoryTransport(options);
      let first: FrameSink | undefined;
      return {
        ...inner,
        open(sink, dialling) {
          first ??= sink;
          const { frame } = first;
          return inner.open({ frame, closed: (info) => sink.closed(info) }, dialling);
        },
      };
    },
  },
  {
    name: "exchanges two frames on the way out",
    caughtBy: ["frames/order-to-peer"],
    make: withConnection((inner) => ({ send: swapping((frame) => inner.send(frame)) })),
  },
  {
    name: "exchanges two frames on the way in",
    caughtBy: ["frames/order-from-peer"],
    make: withSink((sink) => ({ frame: swapping((frame) => sink.frame(frame)) })),
  },
  {
    name: "listens only once open has resolved",
    caughtBy: ["frames/at-once"],
    make: withSink((sink, connection) => ({ frame: (text) => connection() && sink.frame(text) })),
  },
  {
    name: "cuts frames at 64 KiB",
    caughtBy: ["frames/sizes"],
    make: withConnection((inner) => ({ send: (frame) => inner.send(frame.slice(0, 65_536)) })),
  },
  {
    name: "takes characters for 16 bits wide",
    caughtBy: ["frames/text"],
    make: withConnection((inner) => ({
      send: (frame) => inner.send(frame.replace(/\p{Surrogate}|[^\0-\uffff]/gu, "?")),
    })),
  },
  {
    name: "drops control characters on the way in",
    caughtBy: ["frames/text"],
    make: withSink((sink) => ({ frame: (text) => sink.frame(text.replaceAll("\u0000", "")) })),
  },
  { name: "delivers from within send", caughtBy: ["frames/not-within-send"], make: synchronous },
  {
    name: "drops what a sink sends from within frame",
    caughtBy: ["frames/send-from-sink"],
    make: reopened(async (open, sink, dialling) => {
      let delivering = false;
      const frame = (text: string) => {
        delivering = true;
        try {
          sink.frame(text);
        } finally {
          delivering = false;
        }
      };
      const inner = await open({ frame, closed: (info) => sink.closed(info) }, dialling);
      return { ...inner, bufferedAmount: 0, send: (text) => (delivering ? undefined : inner.send(text)) };
    }),
  },
  {
    name: "closes when a sink throws",
    caughtBy: ["frames/throwing-sink"],
    make: withSink((sink, connection) => ({
      frame(text) {
        try {
          sink.frame(text);
        } catch (error) {
          void connection()?.close();
          throw error;
        }
      },
    })),
  },
  {
    name: "swallows what a sink throws",
    caughtBy: ["frames/throwing-sink"],
    make: withSink((sink) => ({
      frame(text) {
        try {
          sink.frame(text);
        } catch {
          // This is the mutation.
        }
      },
    })),
  },
  {
    name: "drops a frame that is too large",
    caughtBy: ["limits/too-large"],
    make: withConnection((inner) => ({
      send: (frame) => (frame.length > inner.maxFrameBytes ? undefined : inner.send(frame)),
    })),
  },
  {
    name: "ends a connection over a frame that is too large",
    caughtBy: ["limits/too-large"],
    make: withConnection((inner) => ({
      send(frame) {
        if (frame.length > inner.maxFrameBytes) void inner.close();
        if (frame.length > inner.maxFrameBytes) throw new RealtimeError("frame_too_large", "too large");
        inner.send(frame);
      },
    })),
  },
  {
    name: "counts characters instead of bytes",
    caughtBy: ["limits/counts-bytes"],
    make: ({ maxFrameBytes = 1_048_576, ...options }) =>
      withConnection((inner) => ({
        maxFrameBytes,
        send(frame) {
          if (frame.length > maxFrameBytes) throw new RealtimeError("frame_too_large", "too large");
          inner.send(frame);
        },
      }))({ ...options, maxFrameBytes: 3 * maxFrameBytes }),
  },
  {
    name: "never takes off what was handed on",
    caughtBy: ["limits/buffered"],
    make: withConnection((inner) => {
      let bytes = 0;
      return {
        get bufferedAmount() {
          return bytes;
        },
        send(frame) {
          inner.send(frame);
          bytes += frame.length;
        },
      };
    }),
  },
  {
    name: "tells our own end another code",
    caughtBy: ["closing/by-us"],
    make: withSink((sink) => ({
      closed: ({ code, reason }) => sink.closed({ code: code === 4001 ? 1005 : code, reason }),
    })),
  },
  {
    name: "resolves close before the end",
    caughtBy: ["closing/resolves-after"],
    make: withConnection((inner) => ({
      async close(info) {
        void inner.close(info);
      },
    })),
  },
  {
    name: "closes without a code where none is given",
    caughtBy: ["closing/normal"],
    make: withConnection((inner) => ({ close: (info = { code: 1005 }) => inner.close(info) })),
  },
  {
    name: "loses the reason of the peer",
    caughtBy: ["closing/by-peer"],
    make: withSink((sink) => ({ closed: ({ code }) => sink.closed({ code, reason: "" }) })),
  },
  {
    name: "takes a loss for an orderly end",
    caughtBy: ["closing/abrupt"],
    make: withSink((sink) => ({
      closed: ({ code, reason }) => sink.closed({ code: code === 1006 ? 1000 : code, reason }),
    })),
  },
  {
    name: "closes before it has sent",
    caughtBy: ["closing/after-our-frames"],
    make: withConnection((inner, _sink, ended) => {
      let closing = false;
      return {
        send(frame) {
          if (closing || ended() || isTooLarge(frame, inner)) return inner.send(frame);
          queueMicrotask(() => {
            if (!closing) inner.send(frame);
          });
        },
        close(info) {
          closing = true;
          return inner.close(info);
        },
      };
    }),
  },
  {
    name: "forgets what came right before the end",
    caughtBy: ["closing/after-peers-frames"],
    make: withSink((sink) => {
      let waiting: string[] = [];
      return {
        frame(text) {
          if (!text.startsWith("last words")) return sink.frame(text);
          waiting.push(text);
          setTimeout(() => {
            for (const each of waiting.splice(0)) sink.frame(each);
          });
        },
        closed(info) {
          waiting = [];
          sink.closed(info);
        },
      };
    }),
  },
  {
    name: "tells the end twice",
    caughtBy: ["closing/once", "closing/twice"],
    make: withSink((sink) => ({
      closed(info) {
        sink.closed(info);
        sink.closed(info);
      },
    })),
  },
  {
    name: "tells the end again when break and close coincide",
    caughtBy: ["closing/once"],
    make: withSink((sink) => ({
      closed(info) {
        sink.closed(info);
        if (info.code === 1006) queueMicrotask(() => sink.closed(info));
      },
    })),
  },
  {
    name: "delivers a frame after the end",
    caughtBy: ["closing/once"],
    make: withSink((sink) => {
      let last: string | undefined;
      return {
        frame(text) {
          if (text.startsWith("fire")) last = text;
          sink.frame(text);
        },
        closed(info) {
          sink.closed(info);
          if (last !== undefined) sink.frame(last);
        },
      };
    }),
  },
  {
    name: "rejects the second close",
    caughtBy: ["closing/twice"],
    make: withConnection((inner) => {
      let closing = false;
      return {
        async close(info) {
          if (closing) throw new RealtimeError("closed", "closed already");
          closing = true;
          return inner.close(info);
        },
      };
    }),
  },
  {
    name: "drops what is sent after close",
    caughtBy: ["closing/send-after"],
    make: withConnection((inner) => {
      let closing = false;
      return {
        send: (frame) => (closing ? undefined : inner.send(frame)),
        close(info) {
          closing = true;
          return inner.close(info);
        },
      };
    }),
  },
  {
    name: "drops what is sent after a loss",
    caughtBy: ["closing/send-after-loss"],
    make: reopened(async (open, sink, dialling) => {
      let lost = false;
      const closed: FrameSink["closed"] = (info) => {
        lost = info.code === 1006;
        sink.closed(info);
      };
      const inner = await open({ frame: (text) => sink.frame(text), closed }, dialling);
      return { ...inner, bufferedAmount: 0, send: (frame) => (lost ? undefined : inner.send(frame)) };
    }),
  },
  {
    name: "still counts bytes as waiting after the end",
    caughtBy: ["closing/send-after-loss"],
    make: withConnection((inner, _sink, ended) => ({
      get bufferedAmount() {
        return ended() ? 5 : inner.bufferedAmount;
      },
    })),
  },
  {
    name: "never resolves close when the sink throws",
    caughtBy: ["closing/throwing-sink"],
    make: reopened(async (open, sink, dialling) => {
      let threw = false;
      const closed: FrameSink["closed"] = (info) => {
        try {
          sink.closed(info);
        } catch (error) {
          threw = true;
          throw error;
        }
      };
      const inner = await open({ frame: (text) => sink.frame(text), closed }, dialling);
      return {
        ...inner,
        bufferedAmount: 0,
        close: (info) => inner.close(info).then(() => (threw ? new Promise<void>(() => {}) : undefined)),
      };
    }),
  },
  {
    name: "leaves a listener without effect on the signal",
    caughtBy: ["leaks/signal"],
    make: reopened((open, sink, dialling) => {
      dialling?.signal?.addEventListener("abort", () => {});
      return open(sink, dialling);
    }),
  },
  {
    name: "leaves a timer for each connection that is lost",
    caughtBy: ["leaks/resources"],
    make: withSink((sink) => ({
      closed(info) {
        // It ends long after the cases have lost their patience, and keeps nobody waiting.
        if (info.code === 1006) setTimeout(() => {}, 2_000);
        sink.closed(info);
      },
    })),
  },
];
