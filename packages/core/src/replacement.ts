import type { UnknownEvent, WireEvent } from "@duologue/protocol";
import type { Observable } from "rxjs";
import type { Clock } from "./clock.ts";
import { type Continuity, fill, type Successor, tell } from "./continuity.ts";
import type { Entry, LocalEvent } from "./entry.ts";
import { RealtimeError } from "./error.ts";
import { kindsOf, type Optionally, optionsOf } from "./given.ts";
import type { Link } from "./link.ts";
import type { Problem } from "./problem.ts";
import { defaultRetryPolicy, isRetryable, type RetryPolicy, retryDelayMs } from "./retry.ts";
import type { RollOverPolicy } from "./session-options.ts";
import type { Happening } from "./status.ts";
import { successorConfiguration } from "./successor-configuration.ts";
import type { CloseInfo, Connection } from "./transport.ts";
import { pause, when } from "./waiting.ts";

/** What the replacement of links needs from its session. */
export interface ReplacementOptions<C extends WireEvent, S extends WireEvent, K extends Connection> {
  readonly clock: Clock;
  readonly epochMs: () => number;
  /** The session's log: with each entry the moment may have become quiet. */
  readonly entries$: Observable<Entry<C, S>>;
  readonly reconnect: false | Optionally<RetryPolicy> | undefined;
  readonly rollOver: false | Optionally<RollOverPolicy> | undefined;
  /** Fires when the session is closed. */
  readonly closing: AbortSignal;
  /** What every session is configured with, or does not begin. */
  readonly configure: readonly C[];
  /** What the program has configured since the beginning, in order; see `inForce`. */
  readonly configuration: () => readonly C[];
  /** When the server session ends that this event is of, where it says so. */
  readonly expiryOf: (event: S | WireEvent | UnknownEvent) => number | undefined;
  /** Whether no command is under way that only means something to the present link. */
  readonly isQuiet: () => boolean;
  readonly dial: () => { readonly number: number; readonly link: Link<C, S, K> };
  readonly note: (event: LocalEvent) => void;
  readonly happen: (happening: Happening) => void;
  readonly problem: (problem: Problem) => void;
  readonly switchTo: (successor: Successor<C, S, K>, reason: "reconnected" | "rolled over") => void;
  readonly end: (info: CloseInfo, error: RealtimeError) => void;
}

/** Replaces the link of a session: after a loss, and before the server session expires. */
export interface Replacement<C extends WireEvent, S extends WireEvent> {
  /** See `Session.continueWith`. */
  continueWith(continuity: Continuity<C> | undefined): void;
  /** See `Continuity.configuration`. */
  configured(commands: readonly C[]): readonly C[];
  /** Tells the first link what was said before it. */
  begin(link: Link<C, S, Connection>): Promise<void>;
  /** See `Continuity.isTaken`. */
  isTaken(commandId: string): boolean;
  /** Whether a lost link is replaced at all. */
  readonly isPossible: boolean;
  /** When the present server session expires, in milliseconds since 1970; `undefined` says nothing new. */
  expires(atEpochMs: number | undefined): void;
  /** The present link is lost. Returns false when nothing replaces it: the session is over. */
  lost(info: CloseInfo, error: RealtimeError): boolean;
  /** An event of the link with this number was logged. */
  offer(link: number, event: S | WireEvent | UnknownEvent): void;
  close(): Promise<void>;
}

/** The least share of what is left of a session that is lived before the next one is opened. */
const leastShare = 0.1;

const defaultRollOverPolicy: RollOverPolicy = { beforeMs: 120_000, patienceMs: 60_000 };

/**
 * A policy with what was left out of it; `undefined` where there is to be none. Programs without types may say `true` for
 * the usual one. Throws `invalid_argument`.
 */
function policy<P extends object>(given: false | Optionally<P> | undefined, usual: P): P | undefined {
  if (typeof given === "boolean") return given ? usual : undefined;
  return { ...usual, ...optionsOf(given, kindsOf(usual)) };
}

export function replacement<C extends WireEvent, S extends WireEvent, K extends Connection>(
  options: ReplacementOptions<C, S, K>,
): Replacement<C, S> {
  const { clock, closing, note, happen } = options;
  const retry = policy(options.reconnect, defaultRetryPolicy);
  const rollOver = policy(options.rollOver, defaultRollOverPolicy);
  let continuity: Continuity<C> | undefined;
  /** The same, also when it was taken back: the ids that it calls taken stay so. */
  let latest: Continuity<C> | undefined;
  let successor: Successor<C, S, K> | undefined;
  let rollingOver = false;
  /** The loss of the link that is being rolled over, if it came meanwhile. */
  let loss: { readonly info: CloseInfo; readonly error: RealtimeError } | undefined;
  let expiryOfNext: number | undefined;
  let attempts = 0;
  let linkedAtMs = clock.now();
  let cancelRollOver = () => {};
  closing.addEventListener("abort", () => cancelRollOver());

  /** Opens, configures and fills a link beside the present one, or in its place when that is lost. */
  async function prepare(going: Continuity<C>): Promise<Successor<C, S, K>> {
    const { number, link } = options.dial();
    const next: Successor<C, S, K> = { number, link, configuration: [], refused: [], seeded: [] };
    successor = next;
    try {
      await link.greeted;
      await configure(next, options.configuration(), going);
      await fill(next, going, refused);
      if (link.loss !== undefined) throw link.loss.error;
      return next;
    } catch (cause) {
      if (successor === next) successor = undefined;
      const { error } = await link.close({}, RealtimeError.from(cause, "connect_failed"));
      throw error;
    }
  }

  const configure = successorConfiguration<C, S, K>({ configure: options.configure, configured });

  /** What the program has configured since the successor was. */
  function newsFor({ configuration }: Successor<C, S, K>): readonly C[] {
    return options.configuration().filter((command) => !configuration.includes(command));
  }

  function configured(commands: readonly C[], by = continuity): readonly C[] {
    return by?.configuration?.(commands) ?? commands;
  }

  function refused(error: RealtimeError): void {
    options.problem({ kind: "history", error });
  }

  async function abandon(): Promise<void> {
    const given = successor;
    successor = undefined;
    await given?.link.close();
  }

  function takeOver(next: Successor<C, S, K>, reason: "reconnected" | "rolled over"): void {
    successor = undefined;
    rollingOver = false;
    loss = undefined;
    linkedAtMs = clock.now();
    const expiry = expiryOfNext;
    expiryOfNext = undefined;
    options.switchTo(next, reason);
    schedule(expiry);
  }

  async function reconnect(info: CloseInfo, first: RealtimeError, policy: RetryPolicy, going: Continuity<C>) {
    if (clock.now() - linkedAtMs >= policy.steadyMs) attempts = 0;
    for (let error = first; ; ) {
      const attempt = ++attempts;
      const delayMs = isRetryable(error) ? retryDelayMs(policy, attempt, error) : undefined;
      if (delayMs === undefined) return options.end(info, error);
      const { code, reason } = info;
      note({ type: "link.retry", attempt, delayMs, code, reason });
      happen({ type: "retry", attempt, delayMs, code, reason });
      await pause(clock, delayMs, closing);
      if (closing.aborted) return;
      try {
        const next = await prepare(going);
        if (closing.aborted) return;
        return takeOver(next, "reconnected");
      } catch (cause) {
        if (closing.aborted) return;
        error = RealtimeError.from(cause, "connect_failed");
      }
    }
  }

  async function roll(policy: RollOverPolicy, going: Continuity<C>): Promise<void> {
    rollingOver = true;
    happen({ type: "roll over" });
    const retrying = retry ?? defaultRetryPolicy;
    for (let attempt = 1; ; attempt++) {
      let error: RealtimeError;
      try {
        const next = await prepare(going);
        await quietMoment(next, policy, going);
        if (closing.aborted) return;
        if (successor !== next) throw new RealtimeError("closed", "Nothing is to follow this session.");
        return takeOver(next, loss === undefined ? "rolled over" : "reconnected");
      } catch (cause) {
        await abandon();
        error = RealtimeError.from(cause, "connect_failed");
      }
      if (closing.aborted) return;
      if (loss !== undefined) break;
      if (continuity === undefined) return stay();
      options.problem({ kind: "roll over", error });
      // The present session still talks: keep trying until it ends.
      const delayMs = retryDelayMs(retrying, Math.min(attempt, retrying.attempts), error);
      await pause(clock, delayMs ?? retrying.capMs, closing);
      if (closing.aborted) return;
      if (loss !== undefined) break;
      if (continuity === undefined) return stay();
    }
    const { info, error } = loss;
    rollingOver = false;
    loss = undefined;
    if (retry === undefined || !isRetryable(error)) options.end(info, error);
    else await reconnect(info, error, retry, going);
  }

  /** The present session is not replaced after all: nobody could tell the next one what was said. */
  function stay(): void {
    rollingOver = false;
    happen({ type: "stayed" });
  }

  /** Resolves when the successor knows all and can take over at once: in this very task, nothing more is said. */
  async function quietMoment(next: Successor<C, S, K>, policy: RollOverPolicy, going: Continuity<C>) {
    const untilMs = clock.now() + policy.patienceMs;
    const isTime = () =>
      closing.aborted ||
      loss !== undefined ||
      clock.now() >= untilMs ||
      (going.isQuiet() && options.isQuiet());
    const isOver = () => isTime() || next.link.loss !== undefined;
    for (;;) {
      // A platform's timer may be early by a fraction of a millisecond: then what is left is waited for.
      await when(isOver, { entries$: options.entries$, end: next.link.end, closing, clock, untilMs });
      if (next.link.loss !== undefined) throw next.link.loss.error;
      const news = newsFor(next);
      if (closing.aborted || (isTime() && news.length + going.history(next.seeded).length === 0)) return;
      if (news.length > 0) await configure(next, news, going);
      await fill(next, going, refused);
    }
  }

  function schedule(atEpochMs: number | undefined): void {
    if (atEpochMs === undefined || rollOver === undefined || rollingOver || closing.aborted) return;
    cancelRollOver();
    const leftMs = atEpochMs - options.epochMs();
    // No session begins expired: a wall clock that says so is wrong, and the server's own end will have to do.
    if (leftMs <= 0) return;
    const delayMs = Math.max(leftMs - rollOver.beforeMs, leftMs * leastShare);
    cancelRollOver = clock.after(delayMs, () => {
      if (continuity !== undefined && !closing.aborted && !rollingOver) void roll(rollOver, continuity);
    });
  }

  return {
    continueWith(given) {
      continuity = given;
      latest = given ?? latest;
      if (given === undefined && rollingOver) void abandon();
    },
    configured: (commands) => configured(commands),
    begin: (link) => tell(link, continuity?.prologue?.() ?? [], refused),
    isTaken: (commandId) => latest?.isTaken?.(commandId) ?? false,
    get isPossible() {
      return continuity !== undefined && retry !== undefined;
    },
    expires: schedule,
    lost(info, error) {
      cancelRollOver();
      if (closing.aborted || continuity === undefined) return false;
      if (rollingOver) {
        loss = { info, error };
        const retried = { attempt: 1, delayMs: 0, code: info.code, reason: info.reason };
        happen({ type: "retry", ...retried });
        note({ type: "link.retry", ...retried });
        return true;
      }
      if (retry === undefined || !isRetryable(error)) return false;
      void reconnect(info, error, retry, continuity);
      return true;
    },
    offer(number, event) {
      if (successor?.number !== number) return;
      expiryOfNext = options.expiryOf(event) ?? expiryOfNext;
      // It came over a link of this protocol; that it is unknown is for the link to find out.
      successor.link.offer(event as S);
    },
    close: () => abandon(),
  };
}
