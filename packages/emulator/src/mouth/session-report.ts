import type { SessionKind } from "../engine/engine-input.ts";
import type { Carrier } from "./live-session.ts";
import type { WatchedSession } from "./live-sessions.ts";
import type { SessionTimeline } from "./session-timeline.ts";

/** A session, and what happened in it so far. */
export interface SessionReport extends SessionTimeline {
  /** `sess_…`; empty where the client was turned away. */
  readonly id: string;
  readonly callId?: string;
  readonly kind: SessionKind;
  readonly model: string;
  readonly carrier: Carrier;
  /** How many clients it has, sideband connections included. */
  readonly clients: number;
  /** By the wall clock, as `2026-11-02T09:30:00.000Z`. */
  readonly openedAt: string;
  /** How long it has been open, or was. */
  readonly lastedMs: number;
}

/** Tells of a session. `nowMs` is what the service's clock shows, `epochMs` the wall clock. */
export function sessionReport(
  { session, timeline }: WatchedSession,
  { nowMs, epochMs }: { readonly nowMs: number; readonly epochMs: number },
): SessionReport {
  const { id, callId, kind, model, carrier, clients, openedAtMs } = session;
  const sinceMs = nowMs - openedAtMs;
  return {
    id,
    ...(callId !== undefined && { callId }),
    kind,
    model,
    carrier,
    clients,
    openedAt: new Date(epochMs - sinceMs).toISOString(),
    lastedMs: timeline.ended?.atMs ?? Math.round(sinceMs),
    ...timeline,
    marks: timeline.marks.map((mark) => ({ ...mark })),
    sent: { ...timeline.sent },
    received: { ...timeline.received },
    responses: { ...timeline.responses },
  };
}
