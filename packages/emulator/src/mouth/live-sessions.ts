import type { Clock } from "@duologue/core";
import type { Rejection } from "../engine/engine-input.ts";
import {
  type Carrier,
  type LiveSession,
  type LiveSessionOptions,
  liveSession,
  type SessionObserver,
} from "./live-session.ts";
import { type SessionTimeline, sessionTimeline } from "./session-timeline.ts";
import type { Arrival, Sessions } from "./sessions.ts";
import type { SidebandOptions } from "./sideband.ts";

/** A session and what happened in it. */
export interface WatchedSession {
  readonly session: LiveSession;
  readonly timeline: SessionTimeline;
}

/** What a call's session has besides. */
type CallTerms = Pick<LiveSessionOptions, "callId" | "takeWithinMs">;

/** The sessions of a service. */
export interface LiveSessions {
  /** Opens one; where there are too many already, one that turns its client away. */
  open(arrival: Arrival, carrier: Carrier, call?: CallTerms): LiveSession;
  /** The open session with this id, its own or its call's. */
  find(id: string): LiveSession | undefined;
  readonly isFull: boolean;
  /** How many are open. */
  readonly count: number;
  /** Those that are open, oldest first. */
  readonly running: Iterable<WatchedSession>;
  /** The last ones that are over, oldest first. */
  readonly over: readonly WatchedSession[];
  /** Calls `run` after every change, many times a second; the returned function ends that. */
  watch(run: () => void): () => void;
  /** Ends them all, with code 1001: what they are on is going away. */
  end(): void;
}

/** What they need. */
export interface LiveSessionsOptions {
  readonly sessions: Sessions;
  readonly clock: Clock;
  readonly maxSessions: number;
  readonly sideband: SidebandOptions;
  /** Looks on at each session; called when it opens. */
  readonly observe?: ((session: LiveSession) => SessionObserver) | undefined;
}

/** So many of those that are over are remembered. */
const mostOver = 20;

/** Keeps the open sessions, within a bound, and their timelines. */
export function liveSessions(options: LiveSessionsOptions): LiveSessions {
  const { sessions, clock, maxSessions, sideband, observe } = options;
  const running = new Map<LiveSession, WatchedSession>();
  const over: WatchedSession[] = [];
  const watchers = new Set<() => void>();
  const isFull = () => running.size >= maxSessions;

  const changed = () => {
    for (const watcher of watchers) watcher();
  };

  function look(session: LiveSession): readonly SessionObserver[] {
    const { observer, timeline } = sessionTimeline(clock, changed);
    running.set(session, { session, timeline });
    const other = observe?.(session);
    return other === undefined ? [observer] : [observer, other];
  }

  return {
    over,
    get running() {
      return running.values();
    },
    get count() {
      return running.size;
    },
    get isFull() {
      return isFull();
    },
    open(arrival, carrier, call = {}) {
      const rejection = isFull() ? tooMany(maxSessions) : arrival.rejection;
      return liveSession({
        open: sessions.open,
        clock,
        arrival: { ...arrival, ...(rejection && { rejection }) },
        carrier,
        ...call,
        sideband,
        observe: look,
        onEnd(session) {
          const watched = running.get(session);
          if (watched === undefined) return;
          running.delete(session);
          over.push(watched);
          if (over.length > mostOver) over.shift();
          changed();
        },
      });
    },
    find(id) {
      if (id === "") return undefined;
      for (const session of running.keys()) if (session.id === id || session.callId === id) return session;
      return undefined;
    },
    watch(run) {
      watchers.add(run);
      return () => watchers.delete(run);
    },
    end() {
      for (const session of [...running.keys()]) session.end(1001, "The emulator is going away.");
    },
  };
}

function tooMany(maxSessions: number): Rejection {
  const message = `This emulator holds ${maxSessions} sessions at a time, and they are all taken.`;
  return {
    error: { type: "server_error", code: "too_many_sessions", message, param: null },
    close: { code: 1013, reason: "server_error.too_many_sessions" },
  };
}
