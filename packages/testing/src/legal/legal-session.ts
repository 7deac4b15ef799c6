import type { Entry } from "@duologue/core";
import type { ClientEvent, ServerEvent } from "@duologue/protocol";
import type { Chooser } from "../chooser.ts";
import { answered } from "./assistant-turn.ts";
import { toolsListed } from "./mcp-turn.ts";
import { type LegalItem, type LegalResponse, type SessionScript, sessionScript } from "./session-script.ts";
import { type LateTranscript, noted, spoken, written } from "./user-turn.ts";

/** A session that could have been, and what is true at its end. */
export interface LegalSession {
  /** The log of the session: an open link, a greeting, then turns. Times are made up and rise. */
  readonly entries: readonly Entry<ClientEvent, ServerEvent>[];
  /** The conversation in order, deleted items left out. */
  readonly items: readonly LegalItem[];
  /** Items of responses out of band, in the order of their beginning. */
  readonly outOfBand: readonly LegalItem[];
  /** In the order of their beginning. */
  readonly responses: readonly LegalResponse[];
  /** The sum over all responses. */
  readonly totalTokens: number;
}

/**
 * A session that an OpenAI Realtime server and a client could legally have had, as `choose` decides: turns that are
 * written, with pictures or without, spoken or committed by hand, with transcripts that come early, late, corrected, by
 * speakers or never; answers in sound or text that end in every way, tools, tools that MCP servers run with approval or
 * without, barge-in into generation and into playback with what the player and the client then do, responses out of
 * band, items put between others, deletions, benign errors. Every event conforms to its schema.
 *
 * The order is the one that services keep; `legalOrder` makes others of it. A chooser that always gives 0 makes the
 * shortest session: a greeting.
 */
export function legalSession(choose: Chooser): LegalSession {
  const script = sessionScript(choose);
  begin(script);
  const late: LateTranscript[] = [];
  for (let turns = 0; turns < 6 && choose(4) !== 0; turns += 1) {
    const isWritten = script.perhaps();
    const byHand = !isWritten && script.perhaps();
    if (isWritten) written(script);
    else late.push(spoken(script, byHand));
    if (script.perhaps(3)) settle(late);
    if (!script.perhaps(8)) late.push(answered(script, isWritten || byHand));
    if (script.perhaps(6)) refusedCancel(script);
    if (script.perhaps(6)) deletion(script);
    if (script.perhaps(6)) noted(script);
  }
  settle(late);
  const { entries, order, outside, items, responses, totalTokens } = script;
  const known = (id: string) => items.get(id) ?? [];
  return {
    entries,
    items: order.flatMap(known),
    outOfBand: outside.flatMap(known),
    responses: [...responses.values()],
    totalTokens,
  };
}

function begin(script: SessionScript): void {
  const { modality } = script;
  const format = { type: "audio/pcm", rate: 24_000 } as const;
  const session = {
    type: "realtime",
    object: "realtime.session",
    id: "sess_1",
    model: "gpt-realtime",
    audio: {
      input: {
        format,
        turn_detection: { type: "server_vad", create_response: true, interrupt_response: true },
      },
      output: { format, voice: "marin" },
    },
  } as const;
  script.local({ type: "link.opened", transport: "memory", audio: "events" });
  script.server({ type: "session.created", session: { ...session, output_modalities: ["audio"] } });
  if (script.perhaps(3)) toolsListed(script);
  if (modality === "audio") return;
  script.client({
    type: "session.update",
    event_id: script.id("cmd"),
    session: { type: "realtime", output_modalities: ["text"] },
  });
  script.server({ type: "session.updated", session: { ...session, output_modalities: ["text"] } });
}

function settle(late: LateTranscript[]): void {
  for (const send of late.splice(0)) send();
}

/** A cancel that came too late: an error that means nothing. */
function refusedCancel(script: SessionScript): void {
  const id = script.id("cmd");
  script.client({ type: "response.cancel", event_id: id });
  script.server({
    type: "error",
    error: {
      type: "invalid_request_error",
      code: "response_cancel_not_active",
      message: "Cancellation failed: no active response found",
      param: null,
      event_id: id,
    },
  });
}

function deletion(script: SessionScript): void {
  const item_id = script.order[script.choose(Math.max(1, script.order.length))];
  if (item_id === undefined) return;
  script.client({ type: "conversation.item.delete", event_id: script.id("cmd"), item_id });
  script.server({ type: "conversation.item.deleted", item_id });
  script.order.splice(script.order.indexOf(item_id), 1);
  script.items.delete(item_id);
}
