import type { LocalEvent } from "@duologue/core";
import type { UnknownEvent } from "@duologue/protocol";
import { shownSpending, spendingIn } from "./budget-stops.ts";
import { counted } from "./counted.ts";
import type { MarkKind } from "./marks.ts";
import { inner, type Moment, number, text } from "./moment.ts";

type Told = readonly [MarkKind, string];

/** A link that ends like this was closed as it should be. */
const goodCodes: ReadonlySet<number> = new Set([1000, 1001, 1005]);

/**
 * What is told of each thing that only this machine knew; `undefined` of what is drawn instead: a player's reports are
 * the bars of what was heard, and of the frames of another link the first one tells, since there are many.
 */
const words = {
  "link.opened": (event) => ["link", `open over ${text(event, "transport") || "a link without a name"}`],
  "link.closed": (event) => [
    goodCodes.has(number(event, "code") ?? 1005) ? "link" : "error",
    `closed ${endOf(event)}`,
  ],
  "session.closing": () => ["session", "hung up: the program closes the session"],
  "link.frame": undefined,
  "link.ended": (event) => ["error", `the next link closed before it took over: ${endOf(event)}`],
  "link.retry": (event) => [
    "error",
    `lost (${endOf(event)}), dialling again: attempt ${number(event, "attempt") ?? 1}`,
  ],
  "link.switched": (event) => ["link", `went on over another one: ${text(event, "reason")}`],
  "outbox.dropped": (event) => [
    "error",
    `${counted(number(event, "frames") ?? 0, "microphone frame")} dropped: too much waited to be sent`,
  ],
  "command.unsent": (event) => [
    "error",
    `a command was given up before it was sent: ${text(event, "code") || "no reason given"}`,
  ],
  "frame.undecodable": (event) => [
    "error",
    `a frame of the ${text(event, "from")} is no event: ${text(event, "text").slice(0, 80)}`,
  ],
  "playback.progress": undefined,
  "playback.finished": undefined,
  "playback.flushed": undefined,
  "response.requested": (event) => ["notice", `the program asks for an answer${placeOf(event)}`],
  "response.withdrawn": () => ["notice", "the program takes back what it asked for"],
  "interrupt.requested": () => ["notice", "the program stops the assistant"],
  "conversation.restored": (event) => {
    const items = inner(inner(event, "state"), "items");
    const count = Array.isArray(items) ? items.length : 0;
    return ["session", `goes on with ${counted(count, "item")} from before`];
  },
  "budget.reached": (event) => {
    const spending = spendingIn(event);
    const spent = spending === undefined ? "" : `: ${shownSpending(spending)}`;
    return ["notice", `the budget is used up${spent}; no answer is asked for`];
  },
  "budget.lifted": () => ["notice", "there is budget again: answers are asked for"],
} satisfies { readonly [T in LocalEvent["type"]]: ((event: UnknownEvent) => Told) | undefined };

/** Says in plain words what only this machine knew; `undefined` where that is drawn, or not known. */
export function toldLocally({ from, type, event }: Moment): Told | undefined {
  if (from !== "local") return undefined;
  const told: ((event: UnknownEvent) => Told) | undefined = Object.hasOwn(words, type)
    ? // It is one of the names above.
      words[type as LocalEvent["type"]]
    : undefined;
  return told?.(event);
}

function endOf(event: UnknownEvent): string {
  return [number(event, "code") ?? "", text(event, "reason")].join(" ").trim() || "no code";
}

/** Where the answer stands that is asked for, among others. */
function placeOf(event: UnknownEvent): string {
  const policy = text(event, "policy");
  if (policy === "queue") return ", after those before it";
  return policy === "replace" ? ", in place of any other" : "";
}
