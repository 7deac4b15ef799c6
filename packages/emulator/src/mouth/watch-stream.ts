import type { Clock } from "@duologue/core";
import type { ServiceControl } from "./control.ts";
import type { LiveSessions } from "./live-sessions.ts";

/** However much happens, it is told no more often than this. */
const everyMs = 250;
/** A page shows no more than so many sessions, the newest ones, and of each so many marks. */
const mostSessions = 40;
const mostMarks = 150;

const utf8 = new TextEncoder();

/** The sessions as server-sent events: one with all of them at once, then one after each change, until it is cancelled. */
export function watchStream(control: ServiceControl, live: LiveSessions, clock: Clock): Response {
  let stopWatching = () => {};
  let cancelTimer: (() => void) | undefined;
  const stream = new ReadableStream<Uint8Array>({
    start(stream) {
      const tell = () => {
        cancelTimer = undefined;
        const sessions = Array.from(control.reports(mostSessions), (session) => ({
          ...session,
          marks: session.marks.slice(-mostMarks),
        }));
        const open = live.count;
        stream.enqueue(utf8.encode(`data: ${JSON.stringify({ open, sessions })}\n\n`));
      };
      stopWatching = live.watch(() => {
        cancelTimer ??= clock.after(everyMs, () => {
          // A reader that does not keep up gets less, not more.
          if ((stream.desiredSize ?? 1) > 0) tell();
          else cancelTimer = undefined;
        });
      });
      tell();
    },
    cancel() {
      stopWatching();
      cancelTimer?.();
    },
  });
  return new Response(stream, {
    headers: { "content-type": "text/event-stream", "cache-control": "no-store" },
  });
}
