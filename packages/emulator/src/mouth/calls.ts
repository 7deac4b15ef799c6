import type { LiveSession } from "./live-session.ts";

/** What has become of a call. */
export type CallState = "ringing" | "live" | "rejected" | "referred" | "ended";

/** A call by WebRTC, or one that came in by SIP. */
export interface Call {
  /** `rtc_…`. */
  readonly id: string;
  readonly carrier: "webrtc" | "sip";
  readonly state: CallState;
  /** From when it is answered on. */
  readonly session: LiveSession | undefined;
  /** Why it ended, where that is more than a hang-up: a SIP status, or where it was referred to. */
  readonly outcome: string | undefined;
  /** Ends it from the service's side. Without effect where it is over. */
  hangUp(): void;
}

/** The calls of a service: all that go on, and the last ones that are over. */
export interface Calls<C extends Call = Call> {
  add(call: C): void;
  find(id: string): C | undefined;
  readonly all: Iterable<C>;
}

/** So many calls that are over are remembered. */
const mostOver = 100;

/** A list of calls that forgets those that have long been over. */
export function calls<C extends Call>(): Calls<C> {
  const byId = new Map<string, C>();
  return {
    add(call) {
      const over = [...byId.values()].filter(({ state }) => state !== "ringing" && state !== "live");
      for (const { id } of over.slice(0, Math.max(0, over.length - mostOver))) byId.delete(id);
      byId.set(call.id, call);
    },
    find: (id) => byId.get(id),
    get all() {
      return byId.values();
    },
  };
}
