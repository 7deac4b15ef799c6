import { shownSpending, spendingIn } from "./budget-stops.ts";
import { counted } from "./counted.ts";
import { inner, isLocal, isServer, type Moment, number, type Place, text } from "./moment.ts";

/** Something that has a place, and no length. */
export interface Mark {
  readonly at: Place;
  /** `link` and `session`: the way there. `error`: something went wrong. `notice`: worth knowing. */
  readonly kind: "link" | "session" | "error" | "notice";
  readonly text: string;
}

/** Links, configuration, budgets, errors, losses. */
export function marks(moments: readonly Moment[]): readonly Mark[] {
  let configured = 0;
  return moments.flatMap((moment) => {
    const { at } = moment;
    const mark = (kind: Mark["kind"], words: string): Mark[] => [{ at, kind, text: words }];
    if (isServer(moment, "session.updated")) {
      configured++;
      return mark("session", configured === 1 ? "configured" : "configured anew");
    }
    const told = toldBy(moment);
    return told === undefined ? [] : mark(...told);
  });
}

function toldBy(moment: Moment): readonly [Mark["kind"], string] | undefined {
  const { event } = moment;
  if (isServer(moment, "session.created")) {
    const model = text(inner(event, "session"), "model");
    return ["session", model === "" ? "created" : `created: ${model}`];
  }
  if (isServer(moment, "error")) {
    const error = inner(event, "error");
    const code = text(error, "code") || text(error, "type");
    return [
      "error",
      [code, text(error, "message")].filter(Boolean).join(": ") || "an error without a reason",
    ];
  }
  if (isServer(moment, "conversation.item.input_audio_transcription.failed")) {
    return ["error", `transcription failed: ${text(inner(event, "error"), "message") || "no reason given"}`];
  }
  if (isServer(moment, "input_audio_buffer.timeout_triggered")) {
    return ["notice", "the user said nothing for too long"];
  }
  if (isServer(moment, "input_audio_buffer.dtmf_event_received"))
    return ["notice", "a telephone key was pressed"];
  if (isServer(moment, "mcp_list_tools.failed")) return ["error", "an MCP server did not list its tools"];
  return toldLocally(moment);
}

function toldLocally(moment: Moment): readonly [Mark["kind"], string] | undefined {
  const { event } = moment;
  const end = () => [number(event, "code") ?? "", text(event, "reason")].join(" ").trim();
  if (isLocal(moment, "link.opened")) return ["link", `open over ${text(event, "transport")}`];
  if (isLocal(moment, "link.closed")) {
    const code = number(event, "code") ?? 1005;
    return [code === 1000 || code === 1001 || code === 1005 ? "link" : "error", `closed ${end()}`];
  }
  if (isLocal(moment, "link.retry")) {
    return ["error", `lost (${end()}), dialling again: attempt ${number(event, "attempt")}`];
  }
  if (isLocal(moment, "link.ended")) return ["error", `the next link closed before it took over: ${end()}`];
  if (isLocal(moment, "link.switched")) return ["link", `went on over another one: ${text(event, "reason")}`];
  if (isLocal(moment, "conversation.restored")) {
    const items = inner(inner(event, "state"), "items");
    return [
      "session",
      `goes on with ${counted(Array.isArray(items) ? items.length : 0, "item")} from before`,
    ];
  }
  if (isLocal(moment, "budget.reached")) {
    const spending = spendingIn(event);
    const spent = spending === undefined ? "" : `: ${shownSpending(spending)}`;
    return ["notice", `the budget is used up${spent}; no answer is asked for`];
  }
  if (isLocal(moment, "budget.lifted")) return ["notice", "there is budget again: answers are asked for"];
  if (isLocal(moment, "outbox.dropped")) {
    return ["error", `${number(event, "frames")} microphone frames were dropped`];
  }
  if (isLocal(moment, "frame.undecodable")) {
    return [
      "error",
      `a frame of the ${text(event, "from")} is no event: ${text(event, "text").slice(0, 80)}`,
    ];
  }
  return undefined;
}
