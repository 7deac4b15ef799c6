import { inner, isLocal, isServer, type Moment, number, type Place, text } from "./moment.ts";
import { toldLocally } from "./told-locally.ts";

/** `link` and `session`: the way there. `error`: something went wrong. `notice`: worth knowing. */
export type MarkKind = "link" | "session" | "error" | "notice";

/** Something that has a place, and no length. */
export interface Mark {
  readonly at: Place;
  readonly kind: MarkKind;
  readonly text: string;
}

/** Links, configuration, requests, budgets, errors, losses. */
export function marks(moments: readonly Moment[]): readonly Mark[] {
  let configured = 0;
  const otherLink = otherLinks();
  return moments.flatMap((moment) => {
    const { at } = moment;
    const mark = (kind: MarkKind, words: string): Mark[] => [{ at, kind, text: words }];
    const other = otherLink(moment);
    if (other !== undefined) return mark("link", other);
    if (isServer(moment, "session.updated")) {
      configured++;
      return mark("session", configured === 1 ? "configured" : "configured anew");
    }
    const told = toldBy(moment);
    return told === undefined ? [] : mark(...told);
  });
}

function toldBy(moment: Moment): readonly [MarkKind, string] | undefined {
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

/** Tells of the first frame of each link that is not the conversation's: one to come, or one that was replaced. */
function otherLinks(): (moment: Moment) => string | undefined {
  const told = new Set<number>();
  let present = 1;
  return (moment) => {
    const link = number(moment.event, "link");
    if (link === undefined) return undefined;
    if (isLocal(moment, "link.switched")) {
      present = link;
      told.clear();
    }
    if (!isLocal(moment, "link.frame") || told.has(link)) return undefined;
    told.add(link);
    return link > present
      ? "another link is made ready to take over"
      : "frames still come over the link before";
  };
}
