import { type Clock, type CloseInfo, type Connection, RealtimeError, type Transport } from "@duologue/core";
import type { DirectionFaults, Fault, FaultEntry } from "./faults/fault.ts";
import { lane } from "./faults/lane.ts";
import { pause } from "./faults/opening.ts";
import { type SeededRandom, seededRandom } from "./seeded-random.ts";

/** What a faulty transport needs to know. */
export interface FaultyOptions<C extends Connection = Connection> {
  /** Decides everything that chance decides; equal seeds and equal frames give equal faults. */
  readonly seed: string | number;
  /** Time for delays: a virtual one in tests. */
  readonly clock: Clock;
  /** What befalls the frames that we send. Default: nothing. */
  readonly sending?: DirectionFaults;
  /** What befalls the frames that the peer sends. Default: nothing. */
  readonly receiving?: DirectionFaults;
  /** What befalls `open`: how long it takes, and how likely it is refused. Default: nothing. */
  readonly opening?: { readonly delayMs?: number; readonly refuseChance?: number };
  /**
   * How long `close` waits on a link that is half open, in milliseconds; then its end is reported as 1006. Default:
   * 5000.
   */
  readonly closeTimeoutMs?: number;
  /** Breaks the medium under a link. Default: its `break`, where it has one as `MemoryConnection` does, or `close`. */
  readonly breakLink?: (connection: C) => void;
  /** Told what a sink threw; the link goes on as if it had not. Default: `console.error`. */
  readonly onSinkError?: (error: unknown) => void;
}

/** A transport with faults, and what they were. */
export interface FaultyTransport<C extends Connection = Connection> extends Transport<C> {
  /** Every fault so far, in order. */
  readonly log: readonly FaultEntry[];
  /** How often each fault has happened. */
  readonly counts: Readonly<Record<Fault, number>>;
  /** Breaks the newest link, as a cable that is cut. Without effect where there is none. */
  cut(): void;
  /** Makes the newest link half open: from now on nothing passes, and nobody is told. Without effect where there is none. */
  halfOpen(): void;
}

/** The means by which a transport reaches its newest link. */
interface Link {
  cut(): void;
  halfOpen(): void;
}

const utf8 = new TextEncoder();

/**
 * The same transport over a bad network. Without any fault asked for it changes nothing; `delayMs`, `jitterMs` and
 * `bytesPerSecond` keep the contract of transports, so that whatever runs over the inner one has to run over this;
 * `hold` with `mayOvertake` keeps it as far as that function is right. Each other fault breaks it in its own way.
 *
 * ```ts
 * const network = faulty(transport, {
 *   seed: 42,
 *   clock,
 *   receiving: { delayMs: 40, jitterMs: 60, chances: { hold: 0.1 }, mayOvertake: legalOvertaking },
 * });
 * ```
 */
export function faulty<C extends Connection>(
  inner: Transport<C>,
  options: FaultyOptions<C>,
): FaultyTransport<C> {
  const { clock, opening = {} } = options;
  const root = seededRandom(options.seed);
  const log: FaultEntry[] = [];
  const counts: Record<Fault, number> = {
    delay: 0,
    hold: 0,
    overtake: 0,
    drop: 0,
    duplicate: 0,
    garbage: 0,
    cut: 0,
    "half-open": 0,
    vanish: 0,
    refuse: 0,
  };
  let opens = 0;
  let newest: Link | undefined;

  return {
    name: inner.name,
    audio: inner.audio,
    log,
    counts,
    cut: () => newest?.cut(),
    halfOpen: () => newest?.halfOpen(),
    async open(sink, openOptions = {}) {
      opens += 1;
      const link = opens;
      const random = root.fork(`link ${link}`);
      const note: Note = (direction, fault, more = {}) => {
        counts[fault] += 1;
        log.push({ atMs: clock.now(), link, direction, fault, ...more });
      };
      if (opening.delayMs !== undefined) await pause(clock, opening.delayMs, openOptions.signal);
      if (random.chance(opening.refuseChance ?? 0)) {
        note("link", "refuse");
        throw new RealtimeError(
          "connect_failed",
          `The faulty ${inner.name} refused link ${link}, as its seed has it.`,
        );
      }
      const made = faultyLink<C>(sink, random, note, options);
      newest = made;
      return made.attached(await inner.open(made.sink, openOptions));
    },
  };
}

type Note = (
  direction: FaultEntry["direction"],
  fault: Fault,
  more?: Pick<FaultEntry, "frame" | "byMs" | "text">,
) => void;

function faultyLink<C extends Connection>(
  sink: Parameters<Transport["open"]>[0],
  random: SeededRandom,
  note: Note,
  options: FaultyOptions<C>,
) {
  const { clock, closeTimeoutMs = 5_000, breakLink = broken } = options;
  const onSinkError =
    options.onSinkError ?? ((error) => console.error("A frame sink of a faulty link threw:", error));
  const { promise: closed, resolve: settleClosed } = Promise.withResolvers<void>();
  let connection: C | undefined;
  let closing = false;
  let ended = false;
  let isSilent = false;
  let isBroken = false;
  let cancelTimeout = () => {};

  const guarded = (call: () => void) => {
    try {
      call();
    } catch (error) {
      onSinkError(error);
    }
  };

  const end = (info: CloseInfo) => {
    if (ended) return;
    ended = true;
    cancelTimeout();
    sending.end();
    receiving.end();
    guarded(() => sink.closed(info));
    settleClosed();
  };

  const breakMedium = () => {
    isBroken = true;
    // The link may break while it is still being opened: then as soon as it can be reached.
    if (connection !== undefined) breakLink(connection);
  };

  const silence = () => {
    isSilent = true;
    sending.swallow();
    receiving.swallow();
  };

  const cut = () => {
    if (ended || isSilent) return;
    note("link", "cut");
    silence();
    // In a turn of its own: no sink is told anything from within `send`.
    queueMicrotask(() => {
      end({ code: 1006, reason: "" });
      breakMedium();
    });
  };

  const halfOpen = () => {
    if (ended || isSilent) return;
    note("link", "half-open");
    silence();
    if (closing) giveUp();
  };

  const giveUp = () => {
    cancelTimeout = clock.after(closeTimeoutMs, () => {
      end({ code: 1006, reason: `the peer did not answer the close within ${closeTimeoutMs} ms` });
      breakMedium();
    });
  };

  const both = { clock, cut, halfOpen };
  const sending = lane({
    ...both,
    faults: options.sending ?? {},
    random: random.fork("sending"),
    note: (fault, more) => note("sending", fault, more),
    deliver(frame) {
      // What is under way when the link ends is lost, as on any network.
      try {
        connection?.send(frame);
      } catch {
        note("sending", "vanish", { text: frame.slice(0, 80) });
      }
    },
  });
  const receiving = lane({
    ...both,
    faults: options.receiving ?? {},
    random: random.fork("receiving"),
    note: (fault, more) => note("receiving", fault, more),
    deliver: (frame) => guarded(() => sink.frame(frame)),
  });

  const close = (info?: Partial<CloseInfo>): Promise<void> => {
    if (closing || ended) return closed;
    closing = true;
    if (isSilent) giveUp();
    else sending.behind(() => void connection?.close(info));
    return closed;
  };

  const send = (frame: string) => {
    if (connection === undefined || closing || ended) {
      throw new RealtimeError("closed", "The faulty link is closed: nothing can be sent any more.");
    }
    const bytes = utf8.encode(frame).length;
    if (bytes > connection.maxFrameBytes) {
      const message = `A frame of ${bytes} bytes exceeds the link's ${connection.maxFrameBytes}: send less at once.`;
      throw new RealtimeError("frame_too_large", message);
    }
    sending.push(frame);
  };

  return {
    cut,
    halfOpen,
    sink: {
      frame: (text: string) => receiving.push(text),
      closed: (info: CloseInfo) => receiving.behind(() => end(info)),
    },
    /** The connection as it is handed out: with all that its medium offers. */
    attached(made: C): C {
      connection = made;
      if (isBroken) breakLink(made);
      return new Proxy(made, {
        get(target, name) {
          if (name === "send") return send;
          if (name === "close") return close;
          if (name === "bufferedAmount") return ended ? 0 : target.bufferedAmount + sending.waitingBytes;
          const value: unknown = Reflect.get(target, name, target);
          return typeof value === "function" ? value.bind(target) : value;
        },
      });
    },
  };
}

function broken(connection: Connection): void {
  if ("break" in connection && typeof connection.break === "function") connection.break();
  else void connection.close();
}
