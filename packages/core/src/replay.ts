import { type Clock, systemClock } from "./clock.ts";
import type { Entry } from "./entry.ts";
import { RealtimeError } from "./error.ts";
import { optionsOf, refuse } from "./given.ts";
import type { Connection, FrameSink, Transport } from "./transport.ts";

/** What a replay plays: a recording, or anything else that has entries. */
export interface ReplaySource {
  readonly entries: readonly Entry[];
  /** Entries that follow those as they come: of a recording that is still being written. */
  readonly more?: AsyncIterable<Entry> | undefined;
  /** Gets the frames that are sent to the replay, which plays on whatever they say, and the end of the link. */
  readonly peer?: FrameSink | undefined;
}

/** How a recording is played. */
export interface ReplayOptions {
  /**
   * Plays entries at their recorded times by this clock: the system's for real time, a virtual one for tests.
   * Unless given, entries follow each other without a pause. Entries without a time never wait.
   */
  readonly pace?: Clock | undefined;
  /** Called, in its turn, for each entry that neither the server nor the link made. */
  readonly onEntry?: ((entry: Entry) => void) | undefined;
  /**
   * What an `open` plays of a recording of several links. `each`: one link, the first `open` the first of them and so
   * on, beginning again after the last. `through`: all of them as if they were one; the ends and openings in between
   * go to `onEntry`. Default: `each`.
   */
  readonly links?: "each" | "through" | undefined;
  /** Told what a sink threw; the replay goes on as if it had not. Default: `console.error`. */
  readonly onSinkError?: ((error: unknown) => void) | undefined;
  /** The largest frame that can be sent to the replay, in bytes of UTF-8. Default: no limit. */
  readonly maxFrameBytes?: number | undefined;
}

/** What a replay offers beyond frames. */
export interface ReplayConnection extends Connection {
  /** Resolves when every entry was played, or when we closed the connection before. */
  readonly finished: Promise<void>;
}

/** A transport whose peer is a recording. */
export interface ReplayTransport extends Transport<ReplayConnection> {
  /** Tells the recorded time of the entry that is being played; its `after` never fires. */
  readonly clock: Clock;
}

const utf8 = new TextEncoder();

/**
 * Replays a recording's server through the `Transport` interface: its frames in order, then its close. What is sent
 * to it changes nothing; `strictReplay` of `@duologue/testing` compares it with the recording.
 *
 * It passes for the transport that was recorded, in `name` and `audio`, unless `source` is a function: that one is
 * asked at each `open`, which rejects with `connect_failed` where it does. What has no entries, such as the text of a
 * recording, is an `invalid_argument`. Playing starts in a later task than `open`
 * resolves in.
 */
export function replay(
  source: ReplaySource | (() => ReplaySource | Promise<ReplaySource>),
  given: ReplayOptions = {},
): ReplayTransport {
  const options = optionsOf(given, { pace: "after" });
  const {
    pace,
    onEntry,
    links = "each",
    onSinkError = (error) => console.error("A frame sink of a replay threw:", error),
    maxFrameBytes = Number.MAX_SAFE_INTEGER,
  } = options;
  const opened = typeof source === "function" ? undefined : openingOf(entriesOf(source));
  let nowMs = 0;
  let opens = 0;

  const guarded = (call: () => void) => {
    try {
      call();
    } catch (error) {
      onSinkError(error);
    }
  };

  async function open(sink: FrameSink, { signal }: { readonly signal?: AbortSignal } = {}) {
    const played = await sourceOf(source, signal);
    const all = entriesOf(played);
    const { more, peer } = played;
    const entries = links === "each" ? partOf(all, opens++) : all;
    const openedAt = entries.findIndex(isOpening);
    const closedAt = links === "each" ? entries.findIndex(isEnd) : lastEnd(entries);
    nowMs = entries[openedAt]?.at ?? 0;
    const iterator = more?.[Symbol.asyncIterator]();
    let linked = true;
    let stopped = false;
    const { promise: finished, resolve: finish } = Promise.withResolvers<void>();

    function unlink(code: number, reason: string): void {
      if (!linked) return;
      linked = false;
      guarded(() => sink.closed({ code, reason }));
      guarded(() => peer?.closed({ code, reason }));
    }

    function deliver(entry: Entry, isOwn: boolean): void {
      nowMs = entry.at ?? nowMs;
      const { from, event } = entry;
      if (from === "server") frame(JSON.stringify(event));
      else if (from === "client") onEntry?.(entry);
      else if (event.type === "frame.undecodable" && event.from === "server") frame(event.text);
      else if (event.type === "link.closed" && isOwn) unlink(event.code, event.reason);
      else if (event.type !== "link.opened" || !isOwn) onEntry?.(entry);
    }

    function frame(text: string): void {
      if (linked) guarded(() => sink.frame(text));
    }

    const startedAtMs = (pace?.now() ?? 0) - nowMs;
    let next = 0;
    let cancel = (pace ?? systemClock()).after(0, play);
    function play(): void {
      for (; next < entries.length && !stopped; next++) {
        const entry = entries[next];
        if (entry === undefined) break;
        const waitMs = pace === undefined || entry.at === null ? 0 : startedAtMs + entry.at - pace.now();
        if (pace !== undefined && waitMs > 0) {
          cancel = pace.after(waitMs, play);
          return;
        }
        deliver(entry, next === openedAt || next === closedAt);
      }
      playMore()
        .catch((error: unknown) => unlink(1006, `The recording broke off: ${messageOf(error)}`))
        .then(finish);
    }

    async function playMore(): Promise<void> {
      if (iterator === undefined) return;
      for (let result = await iterator.next(); !stopped && !result.done; result = await iterator.next()) {
        deliver(result.value, true);
      }
    }

    return {
      finished,
      bufferedAmount: 0,
      maxFrameBytes,
      send(text: string) {
        if (!linked) throw new RealtimeError("closed", "The replay is over: nothing can be sent to it.");
        const bytes = maxFrameBytes === Number.MAX_SAFE_INTEGER ? 0 : utf8.encode(text).length;
        if (bytes > maxFrameBytes) {
          throw new RealtimeError(
            "frame_too_large",
            `A frame of ${bytes} bytes; ${maxFrameBytes} can be sent.`,
          );
        }
        guarded(() => peer?.frame(text));
      },
      async close(info: { readonly code?: number; readonly reason?: string } = {}) {
        if (stopped) return;
        stopped = true;
        cancel();
        unlink(info.code ?? 1000, info.reason ?? "");
        finish();
        // A source that waits for its next entry ends when that comes; nobody waits for it here.
        iterator?.return?.().catch(onSinkError);
      },
    };
  }

  return {
    name: opened?.transport ?? "replay",
    audio: opened?.audio ?? "events",
    clock: { now: () => nowMs, after: () => () => {} },
    open,
  };
}

async function sourceOf(
  source: ReplaySource | (() => ReplaySource | Promise<ReplaySource>),
  signal: AbortSignal | undefined,
): Promise<ReplaySource> {
  const aborted = () => new RealtimeError("aborted", "The replay was aborted before it opened.");
  if (signal?.aborted) throw aborted();
  if (typeof source !== "function") return source;
  const { promise: abortion, reject } = Promise.withResolvers<never>();
  const onAbort = () => reject(aborted());
  signal?.addEventListener("abort", onAbort);
  try {
    return await Promise.race([abortion, Promise.resolve().then(source)]);
  } catch (cause) {
    throw RealtimeError.is(cause)
      ? cause
      : new RealtimeError("connect_failed", `There is nothing to replay: ${messageOf(cause)}`, { cause });
  } finally {
    signal?.removeEventListener("abort", onAbort);
  }
}

/** What belongs to one link, counted from 0 and round and round: from its opening to before the next one's. */
function partOf(entries: readonly Entry[], link: number): readonly Entry[] {
  const starts = entries.flatMap((entry, index) => (isOpening(entry) ? [index] : []));
  if (starts.length < 2) return entries;
  const number = link % starts.length;
  return entries.slice(number === 0 ? 0 : starts[number], starts[number + 1]);
}

function isOpening({ from, event }: Entry): boolean {
  return from === "local" && event.type === "link.opened";
}

function isEnd({ from, event }: Entry): boolean {
  return from === "local" && event.type === "link.closed";
}

/** The end of the last link; -1 where the recording goes on over another link, whose end is not in it. */
function lastEnd(entries: readonly Entry[]): number {
  const at = entries.findLastIndex(isEnd);
  const goesOn = entries
    .slice(at + 1)
    .some(
      ({ from, event }) => from !== "local" || event.type === "link.switched" || event.type === "link.opened",
    );
  return goesOn ? -1 : at;
}

/** The entries of a source. Throws `invalid_argument` for what has none: the text of a recording, above all. */
function entriesOf(source: ReplaySource): readonly Entry[] {
  const { entries } = source ?? {};
  if (!Array.isArray(entries)) refuse("What is replayed is a recording, as readRecording gives it", source);
  return entries;
}

function openingOf(entries: readonly Entry[]) {
  for (const { from, event } of entries) {
    if (from === "local" && event.type === "link.opened") return event;
  }
  return undefined;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
