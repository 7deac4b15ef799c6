import type { CommandRole, WireEvent } from "@duologue/protocol";
import { RealtimeError } from "./error.ts";

/** A command that waits to be sent. */
export interface Queued<C extends WireEvent> {
  readonly event: C;
  /** The event as one text frame. */
  readonly frame: string;
  readonly role: CommandRole;
}

/** Microphone frames that were dropped, and their characters. */
interface Dropped {
  readonly frames: number;
  readonly bytes: number;
}

/** Commands in their order, while they cannot be sent. Its bound is in bytes of the frames, which are ASCII mostly. */
export interface Outbox<C extends WireEvent> {
  readonly length: number;
  readonly bytes: number;
  /**
   * Appends. Where that exceeds the bound, the oldest microphone frames make room, and where it still does, a
   * microphone frame is dropped itself; any other command throws `overflow` and is not queued. Returns what was
   * dropped.
   */
  push(command: Queued<C>): Dropped;
  /** Takes the first command off; `undefined` when there is none. */
  shift(): Queued<C> | undefined;
  /** Puts a command that was taken off back to the front, whatever the bound. */
  putBack(command: Queued<C>): void;
  has(event: C): boolean;
  /** Takes this command out, wherever it is. */
  remove(event: C): void;
}

export function outbox<C extends WireEvent>(maxBytes: number): Outbox<C> {
  const queue: Queued<C>[] = [];
  let bytes = 0;
  let mediaBytes = 0;

  /** Takes out the command at `index`; negative where there is none. */
  function take(index: number): Queued<C> | undefined {
    const [taken] = index < 0 ? [] : queue.splice(index, 1);
    if (taken === undefined) return undefined;
    bytes -= taken.frame.length;
    if (taken.role === "media") mediaBytes -= taken.frame.length;
    return taken;
  }

  return {
    get length() {
      return queue.length;
    },
    get bytes() {
      return bytes;
    },
    push(command) {
      const size = command.frame.length;
      if (command.role !== "media" && bytes - mediaBytes + size > maxBytes) {
        throw new RealtimeError(
          "overflow",
          `${command.event.type} was not sent: ${bytes - mediaBytes} bytes of commands wait already, and ${maxBytes} may. Wait for the session to be ready.`,
        );
      }
      let dropped = { frames: 0, bytes: 0 };
      const count = (length: number) => {
        dropped = { frames: dropped.frames + 1, bytes: dropped.bytes + length };
      };
      while (bytes + size > maxBytes) {
        const oldest = take(queue.findIndex(({ role }) => role === "media"));
        if (oldest === undefined) break;
        count(oldest.frame.length);
      }
      if (bytes + size > maxBytes) {
        count(size);
      } else {
        queue.push(command);
        bytes += size;
        if (command.role === "media") mediaBytes += size;
      }
      return dropped;
    },
    shift: () => take(queue.length === 0 ? -1 : 0),
    putBack(command) {
      queue.unshift(command);
      bytes += command.frame.length;
      if (command.role === "media") mediaBytes += command.frame.length;
    },
    has: (event) => queue.some((queued) => queued.event === event),
    remove(event) {
      take(queue.findIndex((queued) => queued.event === event));
    },
  };
}
