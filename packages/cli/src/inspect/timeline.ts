import { type ConversationState, initialState, reduce } from "@duologue/conversation";
import type { Entry, RecordingHeader } from "@duologue/core";
import type { ClientEvent, ServerEvent } from "@duologue/protocol";
import { upcast } from "@duologue/protocol/dialects";
import { type BudgetStop, budgetStops } from "./budget-stops.ts";
import { type Levels, levelsOf } from "./levels.ts";
import { type Mark, marks } from "./marks.ts";
import { isTimed, momentsOf, type Place } from "./moment.ts";
import { type Pause, pauses } from "./pauses.ts";
import { type Reply, replies } from "./replies.ts";
import { type ResponseSpan, responseSpans } from "./response-spans.ts";
import { defaultFacts, nextFacts } from "./session-facts.ts";
import { type ToolCall, toolCalls } from "./tool-calls.ts";
import { type UserTurn, userTurns } from "./user-turns.ts";
import { type WrittenText, writtenTexts } from "./written-texts.ts";

/** A conversation laid out in time: who spoke when, what was heard, called and cut. Plain JSON. */
export interface Timeline {
  readonly protocol: string;
  readonly model: string;
  /** What the recording's header says it is. */
  readonly description: string;
  /** What was left out of the recording: `audio`, `text`. */
  readonly redacted: readonly string[];
  /** Whether places are milliseconds; else they are numbers of entries. */
  readonly timed: boolean;
  readonly endAt: Place;
  readonly entries: number;
  readonly turns: readonly UserTurn[];
  readonly replies: readonly Reply[];
  readonly texts: readonly WrittenText[];
  readonly calls: readonly ToolCall[];
  readonly responses: readonly ResponseSpan[];
  readonly marks: readonly Mark[];
  readonly budgetStops: readonly BudgetStop[];
  readonly levels: Levels;
  /** Empty where there is no time. */
  readonly pauses: readonly Pause[];
}

/**
 * Lays out the entries of a recording, also of one in the names of the beta. Pure: the same entries give the same
 * timeline.
 */
export function timeline(recorded: readonly Entry[], header?: RecordingHeader): Timeline {
  const entries = recorded.map(inTodaysForm);
  const timed = isTimed(entries);
  const moments = momentsOf(entries);
  const state = folded(entries);
  const turns = userTurns(moments, state, timed);
  const spoken = replies(moments, state, timed);
  const { model } = moments.reduce(nextFacts, defaultFacts);
  const ends = spoken.map(({ heardTo }) => heardTo ?? 0);
  return {
    protocol: header?.protocol ?? "",
    model: model || textIn(header, "model"),
    description: textIn(header, "description") || textIn(header, "server"),
    redacted: listIn(header, "redacted"),
    timed,
    endAt: Math.max(moments.at(-1)?.at ?? 0, ...ends),
    entries: entries.length,
    turns,
    replies: spoken,
    texts: writtenTexts(moments),
    calls: toolCalls(moments),
    responses: responseSpans(moments, state),
    marks: marks(moments),
    budgetStops: budgetStops(moments),
    levels: levelsOf(moments),
    pauses: timed ? pauses(turns, spoken) : [],
  };
}

function inTodaysForm(entry: Entry): Entry {
  return entry.from === "local" ? entry : { ...entry, event: upcast(entry.event) };
}

const reports: ReadonlySet<string> = new Set(["playback.progress", "playback.finished", "playback.flushed"]);

/** Of what only this machine knew, the reports of players alone change what is read of the conversation here. */
function folded(entries: readonly Entry[]): ConversationState {
  return entries
    .filter(({ from, event }) => from !== "local" || reports.has(event.type))
    .reduce(
      // The reducer looks at the type of what it gets, and leaves alone what it does not know.
      (state, entry) => reduce(state, entry as Entry<ClientEvent, ServerEvent>),
      initialState,
    );
}

function textIn(header: RecordingHeader | undefined, name: string): string {
  const field = header?.[name];
  return typeof field === "string" ? field : "";
}

function listIn(header: RecordingHeader | undefined, name: string): readonly string[] {
  const field = header?.[name];
  return Array.isArray(field) ? field.filter((item) => typeof item === "string") : [];
}
