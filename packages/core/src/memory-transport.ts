import { RealtimeError } from "./error.ts";
import { optionsOf, refuse } from "./given.ts";
import type { CloseInfo, Connection, FrameSink, Transport } from "./transport.ts";

/** 15 MiB, the Realtime service's limit for the audio of one event, and 1 MiB for the event around it. */
const defaultMaxFrameBytes = 16 * 1024 * 1024;

/**
 * One end of an in-memory link; both ends are alike.
 *
 * `bufferedAmount` counts the bytes of UTF-8 that this end has sent and the other end's sink has not yet been
 * given.
 */
export interface MemoryConnection extends Connection {
  /**
   * Breaks the link as a cable that is cut: frames under way are lost in both directions, and both ends are told
   * `closed` with code 1006. Without effect on an end that has been told already.
   */
  break(): void;
}

/** What `memoryTransport` needs to know. */
export interface MemoryTransportOptions {
  /**
   * Called once for each `open` with the peer's end of the new link; returns where the peer wants what the client
   * sends. The peer may send at once, also before it returns: the frames wait until the link is open. Throwing or
   * rejecting refuses, and `open` rejects with `connect_failed`. (To await the peer's `close` in here waits for
   * ever: nobody is there yet to take note of it.)
   */
  readonly accept: (peer: MemoryConnection) => FrameSink | Promise<FrameSink>;
  /** The largest frame that either end sends, in bytes of UTF-8. Default: 16 MiB. */
  readonly maxFrameBytes?: number | undefined;
  /** Default: `memory`. */
  readonly name?: string | undefined;
  /** Default: `events`. */
  readonly audio?: "events" | "media" | undefined;
  /** Told what a sink of either end threw; the link goes on as if it had not. Default: `console.error`. */
  readonly onSinkError?: ((error: unknown) => void) | undefined;
}

/**
 * A transport whose peer is a function in the same program: for tests, for emulators, for a client and a server in
 * one process.
 *
 * Frames arrive in order, one microtask each, never from within `send`, and not before `open` is settled (though
 * maybe before its caller's `await` goes on). A close travels behind the frames sent before it and carries its
 * code and reason across; the end that closed is told the same ones when the peer has taken note. No timers.
 *
 * Throws `invalid_argument` for options of another type. What `accept` returns that is no `FrameSink` refuses.
 */
export function memoryTransport(given: MemoryTransportOptions): Transport<MemoryConnection> {
  const options = optionsOf(given, { accept: "function", maxFrameBytes: "number" });
  const { accept, name = "memory", audio = "events", maxFrameBytes = defaultMaxFrameBytes } = options;
  if (accept === undefined) refuse("accept is a function", accept);
  const onSinkError =
    options.onSinkError ?? ((error) => console.error("A frame sink of an in-memory link threw:", error));
  return {
    name,
    audio,
    open(sink, { signal } = {}) {
      const { client, server } = memoryLink(maxFrameBytes, onSinkError);
      return new Promise((resolve, reject) => {
        const abort = () => {
          client.connection.break();
          const cause = signal?.reason;
          reject(new RealtimeError("aborted", `Opening ${name} was aborted by its caller.`, { cause }));
        };
        if (signal?.aborted) return abort();
        signal?.addEventListener("abort", abort, { once: true });
        const accepted = (peerSink: FrameSink) => {
          if (typeof peerSink?.frame !== "function") return refused("accept returned no FrameSink");
          signal?.removeEventListener("abort", abort);
          server.start(peerSink);
          if (signal?.aborted) return;
          client.start(sink);
          resolve(client.connection);
        };
        const refused = (cause: unknown) => {
          signal?.removeEventListener("abort", abort);
          client.connection.break();
          const why = cause instanceof Error ? cause.message : String(cause);
          reject(new RealtimeError("connect_failed", `The peer of ${name} refused: ${why}`, { cause }));
        };
        // `async` turns what `accept` throws at once into a rejection.
        (async () => accept(server.connection))().then(accepted, refused);
      });
    },
  };
}

/** One end as the other end and the transport see it. */
interface End {
  readonly connection: MemoryConnection;
  /** Lets flow what has come so far and what comes from now on. */
  start(sink: FrameSink): void;
  /** Runs `deliver` in its turn, once this end has a sink. */
  arrive(deliver: () => void): void;
  /** Hands one frame to the sink. */
  frame(text: string): void;
  /** The last word to the sink. */
  end(info: CloseInfo): void;
  /** From now on nothing is sent and nothing that is under way arrives. */
  cut(): void;
}

function memoryLink(maxFrameBytes: number, onSinkError: (error: unknown) => void) {
  const utf8 = new TextEncoder();
  let broken = false;

  const breakLink = () => {
    broken = true;
    for (const end of [client, server]) end.cut();
  };

  function endOf(other: () => End): End {
    const held: (() => void)[] = [];
    let sink: FrameSink | undefined;
    let sending = true;
    let ended = false;
    let unreadBytes = 0;
    const { promise: closed, resolve: settleClosed } = Promise.withResolvers<void>();

    const guarded = (call: () => void) => {
      try {
        call();
      } catch (error) {
        onSinkError(error);
      }
    };

    const hangUp = (info: CloseInfo) => {
      sending = false;
      other().arrive(() => {
        if (!broken) other().end(info);
      });
    };

    const self: End = {
      start(given) {
        sink = given;
        for (const deliver of held.splice(0)) queueMicrotask(deliver);
      },
      arrive(deliver) {
        if (sink === undefined) held.push(deliver);
        else queueMicrotask(deliver);
      },
      frame(text) {
        guarded(() => sink?.frame(text));
      },
      end(info) {
        if (ended) return;
        ended = true;
        hangUp(info);
        guarded(() => sink?.closed(info));
        settleClosed();
      },
      cut() {
        sending = false;
        unreadBytes = 0;
        self.arrive(() => self.end({ code: 1006, reason: "" }));
      },
      connection: {
        maxFrameBytes,
        get bufferedAmount() {
          return unreadBytes;
        },
        send(frame) {
          if (!sending) throw new RealtimeError("closed", "This end of the in-memory link is closed.");
          const bytes = utf8.encode(frame).length;
          if (bytes > maxFrameBytes) {
            const message = `A frame of ${bytes} bytes exceeds the link's ${maxFrameBytes}: send less at once.`;
            throw new RealtimeError("frame_too_large", message);
          }
          unreadBytes += bytes;
          other().arrive(() => {
            if (broken) return;
            unreadBytes -= bytes;
            other().frame(frame);
          });
        },
        close({ code = 1000, reason = "" } = {}) {
          hangUp({ code, reason });
          return closed;
        },
        break: breakLink,
      },
    };
    return self;
  }

  const client: End = endOf(() => server);
  const server: End = endOf(() => client);
  return { client, server };
}
