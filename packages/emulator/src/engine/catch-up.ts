import { refusal } from "../wire/refusal.ts";

import { findItem, replaceItem, withTranscript } from "./conversation.ts";
import { change, type Draft, send, sendError } from "./draft.ts";
import type { EngineState, Later } from "./engine-state.ts";
import { endResponse } from "./response-end.ts";
import { closeItem, openCall, openMessage, writeAudio, writeText } from "./response-output.ts";
import { type Beat, type RunningResponse, withResponse } from "./running-response.ts";

/** The next thing that is due by itself. */
type Due = { readonly atMs: number; readonly run: (draft: Draft) => void };

/** Does, in the order of time, all that is due up to `atMs`. */
export function catchUp(draft: Draft, atMs: number): void {
  while (draft.state.phase === "open") {
    const due = nextDue(draft.state);
    if (due === undefined || due.atMs > atMs) break;
    draft.atMs = due.atMs;
    due.run(draft);
  }
  draft.atMs = atMs;
}

/** When the next thing is due; `undefined` when nothing will happen by itself. */
export function wakeAtMs(state: EngineState): number | undefined {
  return state.phase === "open" ? nextDue(state)?.atMs : undefined;
}

/** At the same moment: what was put off, then the responses in the order in which they began, then the end. */
function nextDue({ later, responses, expiresAtMs }: EngineState): Due | undefined {
  let next: Due | undefined;
  const consider = (atMs: number, run: Due["run"]) => {
    if (next === undefined || atMs < next.atMs) next = { atMs, run };
  };
  const [first] = later;
  if (first !== undefined) consider(first.atMs, (draft) => runLater(draft, first));
  for (const response of responses) {
    const beat = response.beats?.[response.nextBeat];
    if (beat !== undefined) consider(beat.atMs, (draft) => runBeat(draft, response, beat));
  }
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
      openCall(draft, response, beat.name);
      break;
    case "text":
      if (open) writeText(draft, response, open, beat.delta);
      break;
    case "audio":
      if (open) writeAudio(draft, response, open, beat.samples);
      break;
    case "close":
      if (open) closeItem(draft, response, open, beat.end);
      break;
    case "end":
      endResponse(draft, response.id, beat.end);
      break;
  }
}

function expire(draft: Draft): void {
  const { expireAfterMs } = draft.settings;
  const message = `Your session hit the maximum duration of ${spanOf(expireAfterMs ?? 0)}.`;
  sendError(draft, refusal("session_expired", message));
  change(draft, { phase: "closed" });
  draft.outputs.push({ type: "close", code: 1001, reason: message });
}

function spanOf(durationMs: number): string {
  const [count, unit] =
    durationMs % 60_000 === 0 ? [durationMs / 60_000, "minute"] : [durationMs / 1000, "second"];
  return `${count} ${unit}${count === 1 ? "" : "s"}`;
}
