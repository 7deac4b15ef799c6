import { type Clock, systemClock } from "./clock.ts";
import type { Entry } from "./entry.ts";
import { optionsOf, refuse } from "./given.ts";
import type { LineSink } from "./line-sink.ts";
import { isWireEvent } from "./recording.ts";
import { type RecordingSettings, type RecordingWriter, recordingWriter } from "./recording-writer.ts";
import type { CloseInfo, Connection, Transport } from "./transport.ts";

/** What a recording transport needs to know. */
export interface RecordingOptions extends RecordingSettings {
  /** Gets the lines. It stays open when a link ends: whoever made it closes it, after the last link. */
  readonly sink: LineSink;
  readonly clock?: Clock | undefined;
}

/**
 * The same transport; it writes down every frame of both directions, and each opening and end of a link. Times count
 * from the first `open`. Several connections, one after the other, make one recording. Where the next one opens before
 * the one before it has ended, its frames are `link.frame` entries until then, and `link.switched` follows, or
 * `link.ended` where it is the first to end.
 *
 * What only a session knows, such as playheads, is not in it: to keep that as well, use `recordLog`. Throws
 * `invalid_argument` for what is no transport, and for a sink that does not write.
 */
export function recording<C extends Connection>(inner: Transport<C>, given: RecordingOptions): Transport<C> {
  const options = optionsOf(given, { clock: "after" });
  const { sink: lines, clock = systemClock() } = options;
  if (typeof inner?.open !== "function") refuse("What is recorded is a transport", inner);
  if (typeof lines?.write !== "function") refuse("A sink has a function write", lines);
  let startedAtMs = 0;
  let writer: RecordingWriter | undefined;
  let links = 0;
  /** Numbers of the links that are open, the oldest first: that one is the conversation's. */
  let open: readonly number[] = [];

  function note(from: Entry["from"], event: Entry["event"]): void {
    const at = Math.round((clock.now() - startedAtMs) * 1000) / 1000;
    // Callers pair `from` with an event of that side.
    writer?.write({ at, from, event } as Entry);
  }

  function noteFrame(link: number, from: "server" | "client", text: string): void {
    const event = wireEvent(text);
    if (link !== open[0])
      note("local", { type: "link.frame", link, from, ...(event ? { event } : { text }) });
    else if (event !== undefined) note(from, event);
    else note("local", { type: "frame.undecodable", from, text, reason: "not an event" });
  }

  function noteOpened(link: number): void {
    open = [...open, link];
    if (open.length > 1) return;
    note("local", { type: "link.opened", transport: inner.name, audio: inner.audio });
  }

  function noteClosed(link: number, { code, reason }: CloseInfo): void {
    const wasFirst = open[0] === link;
    open = open.filter((other) => other !== link);
    const [next] = open;
    if (!wasFirst) note("local", { type: "link.ended", link, code, reason });
    else if (next === undefined) note("local", { type: "link.closed", code, reason });
    else note("local", { type: "link.switched", link: next, reason: "rolled over" });
  }

  return {
    name: inner.name,
    audio: inner.audio,
    async open(sink, openOptions) {
      if (writer === undefined) {
        startedAtMs = clock.now();
        writer = recordingWriter(lines, options);
      }
      const link = ++links;
      let linked = false;
      const linkOpened = () => {
        if (linked) return;
        linked = true;
        noteOpened(link);
      };
      const connection = await inner.open(
        {
          frame(text) {
            // Frames may come before whoever awaits `open` goes on.
            linkOpened();
            noteFrame(link, "server", text);
            sink.frame(text);
          },
          closed(info) {
            linkOpened();
            noteClosed(link, info);
            sink.closed(info);
          },
        },
        openOptions,
      );
      linkOpened();
      return withSend(connection, (frame) => {
        connection.send(frame);
        noteFrame(link, "client", frame);
      });
    },
  };
}

/** The same connection, with all that its medium offers, but for `send`. */
function withSend<C extends Connection>(connection: C, send: (frame: string) => void): C {
  return new Proxy(connection, {
    get(target, name) {
      if (name === "send") return send;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}

function wireEvent(text: string) {
  try {
    const value: unknown = JSON.parse(text);
    return isWireEvent(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
