import type { ServerEvent } from "@duologue/protocol";
import type { EmulatedEvent } from "./engine-output.ts";
import type { Fault, FrameFault, MomentFault } from "./fault.ts";

/** A fault that waits for its frames. */
export interface ArmedFault {
  readonly fault: Fault;
  /** How many of its frames have come so far. */
  readonly met: number;
  /** For `late_deltas`: the last delta so far. */
  readonly delta?: Delta;
}

type Delta = Extract<ServerEvent, { delta: string; response_id: string }>;

/** The faults that hit a frame of this type, and those that still wait; `share` draws what chance decides. */
export function faultsOn(
  waiting: readonly ArmedFault[],
  type: string,
  share: () => number,
): { readonly faults: readonly FrameFault[]; readonly armed: readonly ArmedFault[] } {
  const faults: FrameFault[] = [];
  const armed = waiting.flatMap((one) => {
    const { fault } = one;
    if (isOfMoment(fault) || fault.type === "late_deltas" || !isOfType(type, fault.event)) return [one];
    const { skip = 0, count = 1, chance = 1 } = fault;
    const met = one.met + 1;
    if (met > skip && (chance >= 1 || share() < chance)) faults.push(fault);
    return count !== "all" && met >= skip + count ? [] : [{ ...one, met }];
  });
  return { faults, armed };
}

/** The faults that happen right behind a frame of this type, and those that still wait. */
export function faultsBehind(
  waiting: readonly ArmedFault[],
  type: string,
): { readonly faults: readonly MomentFault[]; readonly armed: readonly ArmedFault[] } {
  const faults: MomentFault[] = [];
  const armed = waiting.flatMap((one) => {
    const { fault, met } = one;
    if (!isOfMoment(fault) || !isOfType(type, fault.event)) return [one];
    if (met < (fault.skip ?? 0)) return [{ ...one, met: met + 1 }];
    faults.push(fault);
    return [];
  });
  return { faults, armed };
}

/** The deltas that come late, since this event says that their response was cancelled; other deltas are remembered. */
export function lateDeltas(
  waiting: readonly ArmedFault[],
  event: EmulatedEvent,
): { readonly deltas: readonly Delta[]; readonly armed: readonly ArmedFault[] } {
  const deltas: Delta[] = [];
  const armed = waiting.flatMap((one) => {
    const { fault, delta } = one;
    if (fault.type !== "late_deltas") return [one];
    if (isDelta(event)) return [{ ...one, delta: event }];
    const isOver = event.type === "response.done" && event.response.id === delta?.response_id;
    if (!isOver || event.response.status !== "cancelled") return [one];
    for (let count = fault.count ?? 3; count > 0; count--) deltas.push(delta);
    return [];
  });
  return { deltas, armed };
}

/** Whether a fault happens at a moment, and does not hit frames. */
export function isOfMoment(fault: Fault): fault is MomentFault {
  switch (fault.type) {
    case "unknown_event":
    case "error":
    case "end_response":
    case "close":
    case "cut":
      return true;
    default:
      return false;
  }
}

function isDelta(event: EmulatedEvent): event is Delta {
  return event.type.endsWith(".delta") && "response_id" in event;
}

/** Whether an event is of a type; one that ends in `*` stands for all that begin so. */
function isOfType(type: string, wanted = "*"): boolean {
  return wanted.endsWith("*") ? type.startsWith(wanted.slice(0, -1)) : type === wanted;
}
