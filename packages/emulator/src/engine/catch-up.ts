import { refusal } from "../wire/refusal.ts";
import { nextAnswerTimeout, runAnswerTimeout } from "./answer-timeout.ts";
import { findItem, replaceItem, withTranscript } from "./conversation.ts";
import { change, type Draft, send, sendError } from "./draft.ts";
import { mostEffort } from "./effort.ts";
import type { EngineState, Later } from "./engine-state.ts";
import { runLine, settle } from "./faults.ts";
import { lineDueMs } from "./faulty-line.ts";
import { idleDueMs, runIdleTimeout } from "./idle-timeout.ts";
import { endItem } from "./item-end.ts";
import { callableTools, openMcpCall } from "./mcp-call.ts";
import { mcpDueMs, runMcp } from "./mcp-due.ts";
import { runPlayback } from "./media-track.ts";
import { takeWaitingFrame } from "./perform-frame.ts";
import { nextTurnOfPlayback } from "./playback.ts";
import { continueResponse } from "./response-create.ts";
import { endResponse } from "./response-end.ts";
import { openCall, openMessage, writeAudio, writeText } from "./response-output.ts";
import { plannedEnd } from "./response-plan.ts";
import { type Beat, type RunningResponse, withResponse } from "./running-response.ts";
import { closeDueMs, closeTranslation, runRendering } from "./translation-output.ts";
import { hearUnheard } from "./unheard-sound.ts";

type BeatOf<T extends Beat["type"]> = Extract<Beat, { type: T }>;

/** The next thing that is due by itself. */
type Due = { readonly atMs: number; readonly run: (draft: Draft) => void };

/** Does, in the order of time, what is due up to `atMs`: all of it, or as much as a step does. */
export function catchUp(draft: Draft, atMs: number): void {
  settle(draft);
  while (draft.state.phase === "open" && draft.effort < mostEffort) {
    const due = nextDue(draft.state);
    if (due === undefined || due.atMs > atMs) break;
    draft.atMs = due.atMs;
    const before = draft.outputs.length;
    due.run(draft);
    draft.effort += 1 + draft.outputs.length - before;
    settle(draft);
  }
  draft.atMs = atMs;
}

/** When the next thing is due; `undefined` when nothing will happen by itself. */
export function wakeAtMs(state: EngineState): number | undefined {
  return state.phase === "open" ? nextDue(state)?.atMs : undefined;
}

/**
 * At the same moment: what happens on the line, then what came and is still to be heard or read, then what was put off, then the responses as they began, then the user's
 * silence, then MCP, then a brain or a voice that took too long, then the translation, then the media track, then the end.
 */
function nextDue(state: EngineState): Due | undefined {
  const { line, later, responses, mcp, translation, playback, expiresAtMs } = state;
  let next: Due | undefined;
  const consider = (atMs: number, run: Due["run"]) => {
    if (next === undefined || atMs < next.atMs) next = { atMs, run };
  };
  const lineMs = lineDueMs(line);
  if (lineMs !== undefined) consider(lineMs, runLine);
  const { unheard, waitingFrames } = state;
  const [frame] = waitingFrames;
  if (unheard !== undefined) consider(unheard.atMs, (draft) => hearUnheard(draft, unheard));
  else if (frame !== undefined) consider(frame.atMs, (draft) => takeWaitingFrame(draft, frame));
  const [first] = later;
  if (first !== undefined) consider(first.atMs, (draft) => runLater(draft, first));
  for (const response of responses) {
    const beat = response.pausedMs === undefined ? response.beats?.[response.nextBeat] : undefined;
    if (beat !== undefined) consider(beat.atMs, (draft) => runBeat(draft, response, beat));
  }
  const idleMs = idleDueMs(state);
  if (idleMs !== undefined) consider(idleMs, runIdleTimeout);
  const mcpMs = mcpDueMs(mcp);
  if (mcpMs !== undefined) consider(mcpMs, runMcp);
  const timeout = nextAnswerTimeout(state);
  if (timeout !== undefined) consider(timeout.atMs, (draft) => runAnswerTimeout(draft, timeout));
  const [rendering] = translation.renderings;
  if (rendering !== undefined) consider(rendering.atMs, (draft) => runRendering(draft, rendering));
  const closeMs = closeDueMs(translation);
  if (closeMs !== undefined) consider(closeMs, closeTranslation);
  const turn = nextTurnOfPlayback(playback);
  if (turn !== undefined) consider(turn.atMs, (draft) => runPlayback(draft, turn.played));
  if (expiresAtMs !== undefined) consider(expiresAtMs, expire);
  return next;
}

function runLater(draft: Draft, { event, itemId, transcript }: Later): void {
  change(draft, { later: draft.state.later.slice(1) });
  if (itemId !== undefined) {
    const stored = findItem(draft.state, itemId);
    if (stored === undefined) return;
    if (transcript !== undefined) {
      replaceItem(draft, { ...stored, item: withTranscript(stored.item, transcript) });
    }
  }
  send(draft, event);
}

function runBeat(draft: Draft, before: RunningResponse, beat: Beat): void {
  const response = { ...before, nextBeat: before.nextBeat + 1 };
  draft.state = withResponse(draft.state, response.id, response);
  const { open } = response;
  switch (beat.type) {
    case "message":
      openMessage(draft, response);
      break;
    case "call":
      beginCall(draft, response, beat);
      break;
    case "text":
      if (open) writeText(draft, response, open, beat.delta);
      break;
    case "audio":
      if (open) writeAudio(draft, response, open, beat.speech.samples(beat.from, beat.to));
      break;
    case "close":
      endItem(draft, response, beat.end);
      break;
    case "continue":
      continueResponse(draft, response);
      break;
    case "end":
      endResponse(draft, response.id, beat.end);
      break;
  }
}

/** Begins a call. One of an MCP tool that the response does not have, which no model could make, fails it. */
function beginCall(draft: Draft, response: RunningResponse, { name, server }: BeatOf<"call">): void {
  if (server === undefined) {
    openCall(draft, response, name);
  } else if (callableTools(draft, response).some((tool) => tool.server === server && tool.name === name)) {
    openMcpCall(draft, response, server, name);
  } else {
    const message = `The plan calls the tool '${name}' of the MCP server '${server}', which this response does not have: not defined, not listed yet, or not allowed.`;
    const error = { code: "plan_impossible", message };
    endResponse(draft, response.id, plannedEnd({ status: "failed", error }));
  }
}

function expire(draft: Draft): void {
  const { expireAfterMs } = draft.settings;
  const message = `Your session hit the maximum duration of ${spanOf(expireAfterMs ?? 60 * 60_000)}.`;
  sendError(draft, refusal("session_expired", message));
  change(draft, { phase: "closed" });
  draft.outputs.push({ type: "close", code: 1001, reason: message });
}

function spanOf(durationMs: number): string {
  const [count, unit] =
    durationMs % 60_000 === 0 ? [durationMs / 60_000, "minute"] : [durationMs / 1000, "second"];
  return `${count} ${unit}${count === 1 ? "" : "s"}`;
}
