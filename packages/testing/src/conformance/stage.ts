import {
  type CloseInfo,
  type Connection,
  type FrameSink,
  RealtimeError,
  type RealtimeErrorCode,
  systemClock,
} from "@duologue/core";
import type { HarnessTransportOptions, PeerLink, TransportHarness } from "./harness.ts";

/** Throws an `Error` with this message unless `held`. */
export function claim(held: boolean, message: string): asserts held {
  if (!held) throw new Error(message);
}

/** A sink that writes down what it is given and lets a case wait for it. */
export interface Inbox {
  readonly sink: FrameSink;
  readonly frames: readonly string[];
  readonly ends: readonly CloseInfo[];
  /** Frames that came after the end. */
  readonly late: readonly string[];
  /** Resolves when `count` frames have come in all. */
  has(count: number): Promise<void>;
  /** Resolves with the end. */
  ended(): Promise<CloseInfo>;
}

/** One accepted link, as the peer has it. */
interface PeerEnd {
  readonly link: PeerLink;
  readonly inbox: Inbox;
}

/** What the cases share: a peer that writes everything down, and patience that ends. */
export interface Stage {
  /** An inbox whose sink also does what `and` says. */
  inbox(and?: Partial<FrameSink>): Inbox;
  /** The next accepted link, in the order of acceptance. */
  peer(): Promise<PeerEnd>;
  /** How many links were accepted so far. */
  accepted(): number;
  /** Opens a connection that delivers to `inbox`, and waits for the peer's end. */
  pair(options?: HarnessTransportOptions, inbox?: Inbox): Promise<Pair>;
  /** Waits, and rejects when patience ends. `what` completes the sentence "Waited in vain for …". */
  wait<T>(promise: Promise<T>, what: string): Promise<T>;
  /** Resolves when `reached()` holds, asked again on each turn of the event loop. */
  until(reached: () => boolean, what: string): Promise<void>;
  /** Lets the peer serve again after it was told to refuse or to stall. */
  serve(): void;
  /** Serves again, and sends a frame each way on a connection of its own: what is still under way has its time. */
  settle(): Promise<void>;
}

/** A connection of the transport under test and the peer's end of it. */
interface Pair {
  readonly connection: Connection;
  readonly inbox: Inbox;
  readonly peer: PeerEnd;
}

/** Sets the stage: the peer serves, doing what `and` says with each link besides writing down. */
export function stage(harness: TransportHarness, and?: (link: PeerLink) => Partial<FrameSink>): Stage {
  const clock = systemClock();
  const patienceMs = harness.patienceMs ?? 4_000;
  const links: PeerEnd[] = [];
  const takers: ((end: PeerEnd) => void)[] = [];
  let accepted = 0;

  const wait = <T>(promise: Promise<T>, what: string): Promise<T> =>
    new Promise((resolve, reject) => {
      const cancel = clock.after(patienceMs, () =>
        reject(new Error(`Waited in vain for ${what} (${patienceMs} ms).`)),
      );
      promise.then(resolve, reject).finally(cancel);
    });

  const inbox = (more: Partial<FrameSink> = {}): Inbox => {
    const frames: string[] = [];
    const late: string[] = [];
    const ends: CloseInfo[] = [];
    const waiting = new Set<() => void>();
    const sink: FrameSink = {
      frame(text) {
        (ends.length === 0 ? frames : late).push(text);
        for (const look of waiting) look();
        more.frame?.(text);
      },
      closed(info) {
        ends.push(info);
        for (const look of waiting) look();
        more.closed?.(info);
      },
    };
    const when = (reached: () => boolean): Promise<void> =>
      new Promise((resolve) => {
        const look = () => {
          if (!reached()) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      });
    return {
      sink,
      frames,
      ends,
      late,
      has: (count) =>
        wait(
          when(() => frames.length >= count),
          `${count} frames to arrive`,
        ).catch((error: unknown) => {
          throw new Error(`${frames.length} of ${count} frames arrived.`, { cause: error });
        }),
      async ended() {
        await wait(
          when(() => ends.length > 0),
          "the end of a connection",
        );
        const [end] = ends;
        claim(end !== undefined, "An end was announced that is not there.");
        return end;
      },
    };
  };

  const serve = () =>
    harness.serve((link) => {
      const end = { link, inbox: inbox(and?.(link)) };
      accepted += 1;
      const taker = takers.shift();
      if (taker === undefined) links.push(end);
      else taker(end);
      return end.inbox.sink;
    });
  serve();

  const peer = (): Promise<PeerEnd> => {
    const end = links.shift();
    if (end !== undefined) return Promise.resolve(end);
    return wait(new Promise((resolve) => takers.push(resolve)), "the peer to see the connection");
  };

  const pair = async (options?: HarnessTransportOptions, own: Inbox = inbox()): Promise<Pair> => {
    const connection = await wait(harness.transport(options).open(own.sink), "open to resolve");
    return { connection, inbox: own, peer: await peer() };
  };

  return {
    inbox,
    peer,
    accepted: () => accepted,
    pair,
    wait,
    until: (reached, what) =>
      wait(
        (async () => {
          while (!reached()) await new Promise<void>((resolve) => clock.after(0, resolve));
        })(),
        what,
      ),
    serve,
    async settle() {
      serve();
      const { connection, inbox: own, peer: other } = await pair();
      connection.send("settle");
      await other.inbox.has(1);
      other.link.send("settled");
      await own.has(1);
      await wait(connection.close(), "close to resolve");
    },
  };
}

/** Resolves with the `RealtimeError` of this code with which `promise` rejects; anything else is a failure. */
export async function rejection(promise: Promise<unknown>, code: RealtimeErrorCode): Promise<RealtimeError> {
  const outcome = await promise.then(
    () => "resolved",
    (error: unknown) => error,
  );
  return checked(outcome, code, "rejection");
}

/** The `RealtimeError` of this code that `call` throws; anything else is a failure. */
export function thrown(call: () => void, code: RealtimeErrorCode): RealtimeError {
  try {
    call();
  } catch (error) {
    return checked(error, code, "throw");
  }
  throw new Error(`Expected a throw with code ${code}, and nothing was thrown.`);
}

function checked(error: unknown, code: RealtimeErrorCode, manner: string): RealtimeError {
  claim(
    RealtimeError.is(error),
    `Expected a ${manner} with a RealtimeError (${code}), got: ${String(error)}`,
  );
  claim(error.code === code, `Expected a ${manner} with code ${code}, got ${error.code}: ${error.message}`);
  return error;
}

/** Frames that can be told apart: `prefix 0`, `prefix 1`, … */
export function numbered(prefix: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${prefix} ${index}`);
}

/** Throws unless both lists hold the same frames in the same order. */
export function claimSame(actual: readonly string[], expected: readonly string[], what: string): void {
  const at = expected.findIndex((frame, index) => actual[index] !== frame);
  const shown = (frame: string | undefined) =>
    frame === undefined ? "nothing" : `${JSON.stringify(frame.slice(0, 60))} (${frame.length} units)`;
  claim(at < 0, `${what}: frame ${at} is ${shown(actual[at])}, and should be ${shown(expected[at])}.`);
  claim(
    actual.length === expected.length,
    `${what}: ${actual.length} frames came, ${expected.length} were sent.`,
  );
}
