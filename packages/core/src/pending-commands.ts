import type { Protocol, UnknownEvent, WireEvent } from "@duologue/protocol";
import type { Clock } from "./clock.ts";
import { RealtimeError } from "./error.ts";
import { optionsOf, waitingKinds } from "./given.ts";

/** How long, and for whom, a command waits for its answer. */
export interface RequestOptions {
  /** Milliseconds until `timeout`; 10,000 unless told, `Infinity` for no limit. */
  readonly timeoutMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** The commands that wait for an answer. Each one settles exactly once. */
export interface PendingCommands<C extends WireEvent, S extends WireEvent> {
  /**
   * Registers a prepared command, then calls `send`; settles as `Session.request` promises. `failed` is told first where
   * it is rejected, at that very moment.
   */
  add(
    command: C,
    send: () => void,
    options: RequestOptions | undefined,
    failed?: (error: RealtimeError) => void,
  ): Promise<S>;
  /** A command goes out as `sent`: that is what the server answers. */
  sending(command: C, sent: C): void;
  /** Offers a server event: it settles at most one command, the longest waiting that it answers. */
  offer(event: S | UnknownEvent): void;
  /** The commands that wait, the longest waiting first. */
  readonly waiting: readonly C[];
  /** Rejects this command, if it still waits. */
  fail(command: C, error: RealtimeError): void;
  /** Rejects all that still wait. */
  failAll(error: RealtimeError): void;
}

interface Waiting<C, S> {
  readonly command: C;
  readonly settle: (outcome: { readonly event: S } | { readonly error: RealtimeError }) => void;
}

const defaultTimeoutMs = 10_000;

export function pendingCommands<C extends WireEvent, S extends WireEvent>(
  protocol: Protocol<C, S>,
  clock: Clock,
): PendingCommands<C, S> {
  const waiting = new Set<Waiting<C, S>>();
  /** What went out in place of a command, where that was not the command itself. */
  const sentFor = new WeakMap<C, C>();

  function add(
    command: C,
    send: () => void,
    options: RequestOptions | undefined,
    failed = (_: RealtimeError) => {},
  ): Promise<S> {
    return new Promise<S>((resolve, rejectPromise) => {
      const reject = (error: RealtimeError) => {
        failed(error);
        rejectPromise(error);
      };
      let limits: RequestOptions;
      try {
        limits = optionsOf(options, waitingKinds);
      } catch (cause) {
        reject(RealtimeError.from(cause, "invalid_argument"));
        return;
      }
      const { timeoutMs = defaultTimeoutMs, signal } = limits;
      const abort = () =>
        item.settle({ error: new RealtimeError("aborted", `${command.type} was aborted.`) });
      if (signal?.aborted) {
        reject(new RealtimeError("aborted", `${command.type} was aborted before it was sent.`));
        return;
      }
      const expire = () =>
        item.settle({
          error: new RealtimeError(
            "timeout",
            `The server did not answer ${command.type} within ${timeoutMs} ms; it may still take effect.`,
          ),
        });
      const cancelTimer = Number.isFinite(timeoutMs) ? clock.after(timeoutMs, expire) : () => {};
      const item: Waiting<C, S> = {
        command,
        settle(outcome) {
          if (!waiting.delete(item)) return;
          cancelTimer();
          signal?.removeEventListener("abort", abort);
          if ("event" in outcome) resolve(outcome.event);
          else reject(outcome.error);
        },
      };
      waiting.add(item);
      signal?.addEventListener("abort", abort);
      try {
        send();
      } catch (cause) {
        item.settle({ error: RealtimeError.from(cause, "closed") });
      }
    });
  }

  function offer(event: S | UnknownEvent): void {
    if (waiting.size === 0) return;
    const failure = protocol.failureOf(event);
    for (const item of waiting) {
      if (failure !== undefined) {
        if (failure.commandId === undefined || failure.commandId !== item.command.event_id) continue;
        const message = `The server refused ${item.command.type}: ${failure.message}`;
        item.settle({
          error: new RealtimeError(failure.severity === "fatal" ? "fatal" : "rejected", message, {
            cause: failure,
          }),
        });
        return;
      }
      if (
        protocol.isServerEvent(event) &&
        protocol.acknowledges(sentFor.get(item.command) ?? item.command, event)
      ) {
        item.settle({ event });
        return;
      }
    }
  }

  return {
    add,
    sending(command, sent) {
      if (sent !== command) sentFor.set(command, sent);
      else sentFor.delete(command);
    },
    offer,
    get waiting() {
      return [...waiting].map(({ command }) => command);
    },
    fail(command, error) {
      for (const item of waiting) if (item.command === command) item.settle({ error });
    },
    failAll(error) {
      for (const item of [...waiting]) item.settle({ error });
    },
  };
}
