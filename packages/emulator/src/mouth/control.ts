import type { Clock } from "@duologue/core";
import type { SipHeader } from "@duologue/protocol/rest";
import { readFault } from "../brain/fault-shape.ts";
import { type DtmfDigit, dtmfDigits, type UntimedInput } from "../engine/engine-input.ts";
import type { Fault } from "../engine/fault.ts";
import { closeCodeShape, closeReasonShape } from "../wire/close-code.ts";
import type { Call, Calls } from "./calls.ts";
import type { LiveSession } from "./live-session.ts";
import type { LiveSessions } from "./live-sessions.ts";
import { randomId } from "./random-id.ts";
import { type SessionReport, sessionReport } from "./session-report.ts";
import { type SipCall, sipCall } from "./sip-call.ts";
import { type WebhookTarget, webhookHeaders } from "./webhook.ts";

/** A telephone call that is to come in. */
export interface IncomingCallOptions {
  /** The headers of its INVITE. Default: those of a call from `+15550100` to `+15550199`. */
  readonly sipHeaders?: readonly SipHeader[];
  /** What the caller says once the call is answered: mono samples at 24 kHz. He is silent otherwise. */
  readonly says?: Int16Array;
  /** Default: where the webhooks of this service go. */
  readonly webhook?: WebhookTarget;
}

/** A telephone call that rings. */
export interface RingingCall {
  readonly callId: string;
  /** What came of the webhook; nothing where none is to be sent. `error` says why it could not be delivered. */
  readonly webhook?:
    | { readonly id: string; readonly status: number }
    | { readonly id: string; readonly error: string };
}

/**
 * What happens to a running service from outside. An `id` is that of a session, `sess_…`, or of its call, `rtc_…`, or
 * `all`; what concerns sessions returns how many they are, and does nothing where there is none.
 */
export interface Control {
  /**
   * The last twenty sessions that are over, which have an `ended`, then all that are open; with what happened in them,
   * each kind oldest first.
   */
  sessions(): readonly SessionReport[];
  /** Lets something go wrong. Throws a `TypeError` for what is no fault. */
  fault(id: string, fault: Fault): number;
  /** Ends a session as if its time were up: `session_expired` and a close with 1001. */
  expire(id: string): number;
  /**
   * Closes every client of a session with a code: 1000 to 1014 but for 1004, 1005 and 1006, or 3000 to 4999. Throws a
   * `RangeError` for any other, and for a reason of more than 123 bytes.
   */
  close(id: string, code: number, reason?: string): number;
  /** Breaks a session off, so that its clients see code 1006. */
  cut(id: string): number;
  /** Presses keys of the caller's telephone. Throws a `RangeError` for what is no key. */
  press(id: string, digits: string): number;
  /** Lets a telephone call come in, and sends the webhook that says so. */
  ring(call?: IncomingCallOptions): Promise<RingingCall>;
  /** Says something as the caller, mono at 24 kHz; whether there is such a call. */
  say(callId: string, samples: Int16Array): boolean;
  /** Hangs up as the caller; whether there is such a call. */
  callerHangsUp(callId: string): boolean;
}

/** A control, and what its own endpoint needs of it. */
export interface ServiceControl extends Control {
  /** As `sessions`, each one made when it is asked for; `newest` is how many at the most, the last ones. Default: all. */
  reports(newest?: number): Iterable<SessionReport>;
}

/** What it works on. */
export interface ControlOptions {
  readonly live: LiveSessions;
  readonly calls: Calls<Call | SipCall>;
  readonly clock: Clock;
  readonly epochMs: () => number;
  readonly webhook: WebhookTarget | undefined;
}

const usualHeaders: readonly SipHeader[] = [
  { name: "From", value: '"Emulated caller" <sip:+15550100@sip.example.com>;tag=1' },
  { name: "To", value: "<sip:+15550199@sip.example.com>" },
];
const webhookTimeoutMs = 10_000;

/** The control of a service. */
export function control(options: ControlOptions): ServiceControl {
  const { live, calls, clock, epochMs } = options;

  function chosen(id: string): readonly LiveSession[] {
    if (id === "all") return [...live.running].map(({ session }) => session);
    const session = live.find(id);
    return session === undefined ? [] : [session];
  }

  function each(id: string, act: (session: LiveSession) => void): number {
    const sessions = chosen(id);
    for (const session of sessions) act(session);
    return sessions.length;
  }

  const give = (id: string, input: UntimedInput) => each(id, (session) => session.input(input));

  function telephone(callId: string): SipCall | undefined {
    const call = calls.find(callId);
    return call !== undefined && "accept" in call ? call : undefined;
  }

  function* reports(newest = Number.POSITIVE_INFINITY): Iterable<SessionReport> {
    for (const watched of [...live.over, ...live.running].slice(-newest)) {
      yield sessionReport(watched, { nowMs: clock.now(), epochMs: epochMs() });
    }
  }

  return {
    sessions: () => [...reports()],
    reports,
    fault: (id, fault) => give(id, { type: "fault", fault: readFault(fault) }),
    expire: (id) => give(id, { type: "expire" }),
    close(id, code, reason = "") {
      const refused = closeCodeShape(code, "code") ?? closeReasonShape(reason, "reason");
      if (refused !== undefined) throw new RangeError(refused.message);
      return each(id, (session) => session.end(code, reason));
    },
    cut: (id) => each(id, (session) => session.cut()),
    press(id, digits) {
      const keys = Array.from(digits, keyOf);
      return each(id, (session) => {
        for (const digit of keys) session.input({ type: "dtmf", digit });
      });
    },
    async ring({ sipHeaders = usualHeaders, says, webhook = options.webhook } = {}) {
      const call = sipCall(live, clock, sipHeaders);
      calls.add(call);
      if (says !== undefined) call.say(says);
      if (webhook === undefined) return { callId: call.id };
      return { callId: call.id, webhook: await announce(call, webhook, Math.floor(epochMs() / 1000)) };
    },
    say(callId, samples) {
      const call = telephone(callId);
      call?.say(samples);
      return call !== undefined;
    },
    callerHangsUp(callId) {
      const call = telephone(callId);
      call?.callerHangsUp();
      return call !== undefined;
    },
  };
}

function keyOf(character: string): DtmfDigit {
  const digit = dtmfDigits.find((key) => key === character.toUpperCase());
  if (digit === undefined)
    throw new RangeError(`"${character}" is no key of a telephone: 0 to 9, *, # and A to D are.`);
  return digit;
}

/** Sends `realtime.call.incoming`. Never rejects: a receiver that is not there is a result. */
async function announce(call: SipCall, { url, secret }: WebhookTarget, timestamp: number) {
  const id = randomId("evt_", 32);
  const body = JSON.stringify({
    object: "event",
    id,
    type: "realtime.call.incoming",
    created_at: timestamp,
    data: { call_id: call.id, sip_headers: call.headers },
  });
  try {
    const headers = await webhookHeaders(body, { id, timestamp, secret });
    const signal = AbortSignal.timeout(webhookTimeoutMs);
    const answer = await fetch(url, { method: "POST", headers, body, signal });
    await answer.body?.cancel();
    return { id, status: answer.status };
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? `: ${error.cause.message}` : "";
    return { id, error: `${url} cannot be reached${cause}` };
  }
}
