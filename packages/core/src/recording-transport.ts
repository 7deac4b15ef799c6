import { type Clock, systemClock } from "./clock.ts";
import type { Entry } from "./entry.ts";
import { isWireEvent, recordingHeader, recordingLine } from "./recording.ts";
import type { Connection, Transport } from "./transport.ts";

/** What a recording transport needs to know. */
export interface RecordingOptions {
  /** Gets each line, without a line break, in order: the header first. Whatever it throws goes to the caller. */
  readonly write: (line: string) => void;
  /** The `name` of the protocol that is spoken; goes into the header. */
  readonly protocol: string;
  /** More fields of the header. */
  readonly header?: Readonly<Record<string, unknown>>;
  readonly clock?: Clock;
}

/**
 * The same transport; it writes down every frame of both directions, and each opening and end of a link. Times count
 * from the first `open`. Several connections, one after the other, make one recording.
 *
 * What only a session knows, such as playheads, is not in it: to keep that as well, write the `log$` of the session.
 */
export function recording<C extends Connection>(
  inner: Transport<C>,
  options: RecordingOptions,
): Transport<C> {
  const { write, protocol, header, clock = systemClock() } = options;
  let startedAtMs: number | undefined;

  function note(from: Entry["from"], event: Entry["event"]): void {
    const at = Math.round((clock.now() - (startedAtMs ?? 0)) * 1000) / 1000;
    // Callers pair `from` with an event of that side.
    write(recordingLine({ at, from, event } as Entry));
  }

  function noteFrame(from: "server" | "client", text: string): void {
    const event = wireEvent(text);
    if (event !== undefined) note(from, event);
    else note("local", { type: "frame.undecodable", from, text, reason: "not an event" });
  }

  return {
    name: inner.name,
    audio: inner.audio,
    async open(sink, openOptions) {
      if (startedAtMs === undefined) {
        startedAtMs = clock.now();
        write(recordingHeader(protocol, header));
      }
      let linked = false;
      const linkOpened = () => {
        if (linked) return;
        linked = true;
        note("local", { type: "link.opened", transport: inner.name, audio: inner.audio });
      };
      const connection = await inner.open(
        {
          frame(text) {
            // Frames may come before whoever awaits `open` goes on.
            linkOpened();
            noteFrame("server", text);
            sink.frame(text);
          },
          closed(info) {
            linkOpened();
            note("local", { type: "link.closed", code: info.code, reason: info.reason });
            sink.closed(info);
          },
        },
        openOptions,
      );
      linkOpened();
      return withSend(connection, (frame) => {
        connection.send(frame);
        noteFrame("client", frame);
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
