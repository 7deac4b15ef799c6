import { isObject } from "../check.ts";
import type { XaiClientEvent, XaiServerEvent } from "../generated/dialects/types.ts";
import { xaiClientChecks, xaiServerChecks } from "../generated/dialects/validators.ts";
import type { UnknownEvent, WireEvent } from "../protocol.ts";
import { flatSettings, partNames } from "./beta.ts";
import type { Dialect } from "./dialect-facts.ts";
import { type Fields, withChanged, withEach } from "./fields.ts";
import { withTurnDetectionOff } from "./turn-detection-off.ts";
import { betaNames, upcast } from "./upcast.ts";

/**
 * xAI's Grok Voice: names of today and of the beta mixed, settings flat and nested at once, ids that are UUIDs.
 *
 * What its users should know beyond the fields: a reconnect with `?conversation_id=` repeats items that were there
 * before; `response.create` heeds its modalities, instructions and metadata only; asking for text may still bring
 * speech; `conversation.item.input_audio_transcription.completed` may come several times for one item, the last of
 * which counts; and a session lasts 120 minutes.
 */
export const xai: Dialect<XaiClientEvent, XaiServerEvent> = {
  name: "xai",
  about: "xAI, for Grok Voice.",
  clientEvents: {
    "conversation.item.commit": {
      check: xaiClientChecks["conversation.item.commit"],
      role: "once",
      acknowledgedBy: ["input_audio_buffer.committed"],
    },
  },
  serverEvents: xaiServerChecks,
  renamedEvents: betaNames,
  absentEvents: [
    "conversation.item.retrieve",
    "conversation.item.retrieved",
    "conversation.item.done",
    "conversation.item.input_audio_transcription.failed",
    "conversation.item.input_audio_transcription.segment",
    "rate_limits.updated",
  ],
  differences: [
    ...flatSettings,
    ...partNames,
    {
      path: "/previous_item_id",
      what: "Most server events carry it, also where no item is meant.",
      handling: "kept",
    },
    {
      events: ["session.update", "session.created", "session.updated"],
      path: "/session/turn_detection/type",
      what: "`null` for turn detection that is off, where the core has `null` in place of the whole setting.",
      handling: "rewritten",
    },
    {
      events: ["session.update", "session.created", "session.updated"],
      path: "/session/audio/*/format/rate",
      what: "Any rate from 8,000 to 48,000 samples a second is taken.",
      handling: "tolerated",
    },
    {
      events: ["session.update", "session.created", "session.updated"],
      path: "/session/audio/*/format/type",
      what: "Opus is taken as well.",
      handling: "tolerated",
      values: ["audio/opus", "opus"],
    },
    {
      events: ["session.update", "session.created", "session.updated"],
      path: "/session/tools/*/type",
      what: "Searches that xAI runs itself are tools as well.",
      handling: "tolerated",
      values: ["web_search", "x_search", "file_search"],
    },
    {
      events: ["conversation.item.create", "conversation.item.added", "response.output_item.added"],
      path: "/item/type",
      what: "Words to be spoken exactly as they are are an item of their own: `XaiForceMessageItem`.",
      handling: "tolerated",
      values: ["force_message"],
    },
    {
      events: ["response.output_item.added", "response.output_item.done", "conversation.item.added"],
      path: "/item/content",
      what: "A message may come without it; `upcast` makes it an empty list.",
      handling: "rewritten",
    },
    {
      events: ["response.content_part.added", "response.content_part.done"],
      path: "/part",
      what: "`response.content_part.done` comes without the part: take it from the deltas.",
      handling: "tolerated",
      values: [undefined],
    },
    {
      events: ["response.created", "response.done"],
      path: "/response/status_details",
      what: "A bare string; `upcast` makes it the `reason`.",
      handling: "rewritten",
    },
    {
      events: ["response.done"],
      path: "/usage",
      what: "The usage stands beside the response, whose own is empty; `upcast` copies it into the response.",
      handling: "rewritten",
    },
    {
      events: ["conversation.item.truncated"],
      path: "/transcript",
      what: "The words that remain.",
      handling: "kept",
    },
    {
      events: ["conversation.item.input_audio_transcription.completed"],
      path: "/status",
      what: "`in_progress` on one that is not the last for its item.",
      handling: "kept",
    },
  ],
  errorCodes: {
    timeout: { severity: "transport", meaning: "Nothing was said for too long; open a new session." },
    max_duration: {
      severity: "transport",
      meaning: "The session reached its longest duration; open a new one.",
    },
  },
  upcast: (event) => withXaiForms(withTurnDetectionOff(upcast(event), [null])),
};

function withXaiForms(event: UnknownEvent): UnknownEvent {
  // `upcast` gives back what it got, whatever that was.
  if (!isObject(event)) return event;
  const withItem = withChanged(event, "item", withContent);
  const changed = withChanged(withItem, "response", (response) => responseFrom(response, event));
  // Only fields were changed: it has a type as before.
  return changed as UnknownEvent & WireEvent;
}

function responseFrom(response: unknown, event: Fields): unknown {
  if (!isObject(response)) return response;
  const told = withChanged(response, "status_details", (details) =>
    typeof details === "string" ? { reason: details } : details,
  );
  const whole = withChanged(told, "output", (items) => withEach(items, withContent));
  const { usage } = event;
  return withChanged(whole, "usage", (own) =>
    isEmpty(own) && isObject(usage) && !isEmpty(usage) ? usage : own,
  );
}

function isEmpty(value: unknown): boolean {
  return isObject(value) && Object.keys(value).length === 0;
}

function withContent(item: unknown): unknown {
  return isObject(item) && item.type === "message" && item.content === undefined
    ? { ...item, content: [] }
    : item;
}
