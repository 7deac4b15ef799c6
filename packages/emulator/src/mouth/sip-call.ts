import type { Clock } from "@duologue/core";
import type { SipHeader } from "@duologue/protocol/rest";
import type { Call, CallState } from "./calls.ts";
import type { LiveSession, Seat } from "./live-session.ts";
import type { LiveSessions } from "./live-sessions.ts";
import { randomId } from "./random-id.ts";
import type { Arrival } from "./sessions.ts";

/** An emulated telephone call that comes in, rings, and is answered or not. */
export interface SipCall extends Call {
  readonly carrier: "sip";
  readonly headers: readonly SipHeader[];
  /** Answers it; only while it rings. */
  accept(arrival: Arrival): LiveSession;
  /** Turns it away with a SIP status; only while it rings. */
  reject(statusCode: number): void;
  /** Hands the caller on, which ends the session here; only while it is live. */
  refer(targetUri: string): void;
  /** What the caller says, after what he still has to say: mono samples at 24 kHz. Kept until the call is answered. */
  say(samples: Int16Array): void;
  /** The caller hangs up. */
  callerHangsUp(): void;
}

/** A telephone sends sound all the time; so much of it at once. */
const pieceMs = 100;
const pieceSamples = 24 * pieceMs;

/** Lets the emulated telephone ring. What the caller says is heard from when he is answered, at real pace. */
export function sipCall(sessions: LiveSessions, clock: Clock, headers: readonly SipHeader[]): SipCall {
  const id = randomId("rtc_", 32);
  const spoken: Int16Array[] = [];
  let state: CallState = "ringing";
  let outcome: string | undefined;
  let session: LiveSession | undefined;
  let seat: Seat | undefined;
  let hush = () => {};

  function over(becomes: CallState, why?: string): void {
    if (state !== "ringing" && state !== "live") return;
    state = becomes;
    outcome = why;
    spoken.length = 0;
    hush();
    session?.end(1000, "");
  }

  /** The next piece of what the caller says, silence where he says nothing. */
  function nextPiece(): Int16Array {
    const piece = new Int16Array(pieceSamples);
    for (let at = 0; at < piece.length; ) {
      const [first] = spoken;
      if (first === undefined) break;
      const part = first.subarray(0, piece.length - at);
      piece.set(part, at);
      at += part.length;
      if (part.length === first.length) spoken.shift();
      else spoken[0] = first.subarray(part.length);
    }
    return piece;
  }

  function talk(): void {
    seat?.microphone(nextPiece());
    if (state === "live") hush = clock.after(pieceMs, talk);
  }

  return {
    id,
    carrier: "sip",
    headers,
    get state() {
      return state;
    },
    get session() {
      return session;
    },
    get outcome() {
      return outcome;
    },
    accept(arrival) {
      state = "live";
      session = sessions.open({ ...arrival, audio: "media" }, "sip", { callId: id });
      // Nobody listens at this end.
      seat = session.take({ send() {}, close: () => over("ended"), cut: () => over("ended") });
      hush = clock.after(pieceMs, talk);
      return session;
    },
    reject: (statusCode) => over("rejected", String(statusCode)),
    refer: (targetUri) => over("referred", targetUri),
    say(samples) {
      if (state === "ringing" || state === "live") spoken.push(samples);
    },
    hangUp: () => over("ended"),
    callerHangsUp: () => over("ended", "the caller hung up"),
  };
}
