import type { Clock } from "@duologue/core";
import type { SessionKind, UntimedInput } from "../engine/engine-input.ts";
import type { EmulatedEvent } from "../engine/engine-output.ts";
import type { ShownSession } from "../engine/send-session.ts";
import type { Driver, Link, SteeredDriver } from "./driver.ts";
import { endLink, type SessionEnding } from "./session-ending.ts";
import type { Arrival, Sessions } from "./sessions.ts";
import { type SidebandOptions, tooManySidebands, usualMaxSidebands } from "./sideband.ts";

/** What carries the client that a session belongs to. */
export type Carrier = "websocket" | "webrtc" | "sip";

/** Looks on while a session goes by. None of its functions may throw. */
export interface SessionObserver {
  /** It has its id and its model: once, before anything is sent; never where the client is turned away. */
  opened?(): void;
  /** A frame for the clients, and what it says, where it says something. */
  server(frame: string, event: EmulatedEvent | undefined): void;
  /** A text frame from a client. */
  client(frame: string): void;
  /** It is over, and why: once, and last. */
  closed(code: number, reason: string): void;
}

/** One client's place in a session. */
export interface Seat extends Driver {
  /** The client is gone. The session ends with the client that it belongs to; the codes are what the others get. */
  end(code?: number, reason?: string): void;
}

/** A session that may have several clients, which all share one state. */
export interface LiveSession {
  /** `sess_…`, or empty where it was turned away before it had one. */
  readonly id: string;
  /** `rtc_…`, where it is a call's. */
  readonly callId: string | undefined;
  readonly carrier: Carrier;
  readonly kind: SessionKind;
  /** As the client asked for it, or as the session's own settings say. */
  readonly model: string;
  /** On the clock of the service. */
  readonly openedAtMs: number;
  readonly isOver: boolean;
  /** How many clients it has. */
  readonly clients: number;
  /** The client that it belongs to takes its place, once, and gets what was said before. */
  take(owner: Link): Seat;
  /**
   * Another client joins by a sideband connection, or is turned away where too many have. Errors about a frame go to
   * whoever sent it.
   */
  join(link: Link): Seat;
  /** Gives the engine what no client sends. */
  input(input: UntimedInput): void;
  /** Ends it: every client is closed with this code. Calling it again is harmless. */
  end(code?: number, reason?: string): void;
  /** Ends it without a word: every client finds its link broken. */
  cut(): void;
}

/** What a live session needs. */
export interface LiveSessionOptions {
  readonly open: Sessions["open"];
  readonly clock: Clock;
  readonly arrival: Arrival;
  readonly carrier: Carrier;
  readonly callId?: string;
  /** It ends when its owner has not taken it by then. Default: it waits for ever. */
  readonly takeWithinMs?: number;
  readonly sideband: SidebandOptions;
  /** Who looks on; asked before anything happens in the session. */
  readonly observe: (session: LiveSession) => readonly SessionObserver[];
  /** Told once, when the session is over. */
  readonly onEnd: (session: LiveSession) => void;
}

/** More than this waits for nobody: a call that has not begun has no reason to say so much. */
const mostWaitingFrames = 2_000;

interface Place {
  /** The `sender` of its frames. */
  readonly number: number;
  readonly link: Link;
  readonly isOwner: boolean;
}

/**
 * Opens a session, which runs at once. What it says before its owner takes it waits for that; one that is over by then
 * says it all the same, and closes.
 */
export function liveSession(options: LiveSessionOptions): LiveSession {
  const { clock, arrival, callId, carrier, sideband } = options;
  const { maxConnections = usualMaxSidebands } = sideband;
  const places = new Set<Place>();
  let id = "";
  let { model } = arrival;
  let settings: object | undefined;
  /** Until the owner comes. */
  let waiting: { readonly frame: string; readonly event: EmulatedEvent | undefined }[] | undefined = [];
  let seated = 0;
  let ended: SessionEnding | undefined;
  /** How many frames it has made itself, beside those of the engine. */
  let ownFrames = 0;
  let driver: SteeredDriver | undefined;
  let stopWaiting = () => {};

  function learn(session: ShownSession): void {
    const isNew = settings === undefined;
    settings = session;
    if (session.id !== undefined) id = session.id;
    if ("model" in session && session.model !== undefined) model = session.model;
    if (isNew) for (const observer of observers) observer.opened?.();
  }

  function send(frame: string, event?: EmulatedEvent, to?: number): void {
    for (const observer of observers) observer.server(frame, event);
    if (to !== undefined) {
      for (const place of places) if (place.number === to) deliver(place, frame, event);
      return;
    }
    const isSound = event?.type === "response.output_audio.delta";
    waiting?.push({ frame, event });
    for (const place of places) {
      if (place.isOwner || !isSound || sideband.audio === true) deliver(place, frame, event);
    }
    if (waiting !== undefined && waiting.length > mostWaitingFrames)
      end(1011, "Nobody came to take the call.");
  }

  function deliver(place: Place, frame: string, event: EmulatedEvent | undefined): void {
    try {
      place.link.send(frame, event);
    } catch {
      leave(place, 1006, "");
    }
  }

  function ownerLink(): Link | undefined {
    for (const { isOwner, link } of places) if (isOwner) return link;
    return undefined;
  }

  function leave(place: Place, code: number, reason: string): void {
    if (!places.delete(place) || !place.isOwner) return;
    finish(code, reason, "leaves");
  }

  function end(code = 1000, reason = ""): void {
    finish(code, reason, "closes");
  }

  function finish(code: number, reason: string, how: SessionEnding["how"]): void {
    if (ended !== undefined) return;
    ended = { code, reason, how };
    stopWaiting();
    driver?.end();
    const left = [...places];
    places.clear();
    for (const { link } of left) endLink(link, ended);
    for (const observer of observers) observer.closed(code, reason);
    options.onEnd(self);
  }

  function placed(link: Link, isOwner: boolean): Place {
    const place = { number: seated++, link, isOwner };
    places.add(place);
    return place;
  }

  function sidebands(): number {
    let count = 0;
    for (const { isOwner } of places) if (!isOwner) count++;
    return count;
  }

  /** An event of this client alone, which the engine knows nothing of. */
  function ownFrame({
    type,
    ...fields
  }: {
    readonly type: string;
    readonly [field: string]: unknown;
  }): string {
    const event_id = `event_${id.slice("sess_".length)}_${++ownFrames}`;
    return JSON.stringify({ type, event_id, ...fields });
  }

  /** Tells a client why it cannot join, and closes its link. */
  function turnedAway(link: Link): Seat {
    const { error, close } = tooManySidebands(maxConnections);
    const place: Place = { number: seated++, link, isOwner: false };
    deliver(place, ownFrame({ type: "error", error: { ...error, event_id: null } }), undefined);
    endLink(link, { ...close, how: "closes" });
    return seatAt(place);
  }

  function seatAt(place: Place): Seat {
    return {
      frame(text) {
        if (!places.has(place)) return;
        for (const observer of observers) observer.client(text);
        driver?.frame(text, place.number);
      },
      binary() {
        if (places.has(place)) driver?.binary(place.number);
      },
      microphone: (samples) => {
        if (places.has(place)) driver?.microphone(samples);
      },
      end: (code = 1000, reason = "") => leave(place, code, reason),
    };
  }

  const self: LiveSession = {
    get id() {
      return id;
    },
    get model() {
      return model;
    },
    get isOver() {
      return ended !== undefined;
    },
    get clients() {
      return places.size;
    },
    callId,
    carrier,
    kind: arrival.kind ?? "realtime",
    openedAtMs: clock.now(),
    take(link) {
      const missed = waiting ?? [];
      waiting = undefined;
      stopWaiting();
      const place = placed(link, true);
      for (const { frame, event } of missed) deliver(place, frame, event);
      if (ended !== undefined) {
        places.delete(place);
        endLink(link, ended);
      }
      return seatAt(place);
    },
    join(link) {
      if (sidebands() >= maxConnections) return turnedAway(link);
      const place = placed(link, false);
      if (sideband.greeting === true && settings !== undefined) {
        deliver(place, ownFrame({ type: "session.created", session: settings }), undefined);
      }
      if (ended !== undefined) {
        places.delete(place);
        endLink(link, ended);
      }
      return seatAt(place);
    },
    input(input) {
      if (ended === undefined) driver?.input(input);
    },
    end,
    cut: () => finish(1006, "", "breaks"),
  };

  const observers = options.observe(self);
  const { takeWithinMs } = options;
  if (takeWithinMs !== undefined) {
    stopWaiting = clock.after(takeWithinMs, () => end(1011, "The client did not come."));
  }
  driver = options.open(
    {
      send,
      close: (code, reason) => finish(code, reason, "closes"),
      cut: () => finish(1006, "", "breaks"),
      play: (samples) => ownerLink()?.play?.(samples),
      flush: () => ownerLink()?.flush?.(),
    },
    arrival,
    learn,
  );
  return self;
}
