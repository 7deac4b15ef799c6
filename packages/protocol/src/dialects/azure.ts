import type { AzureClientEvent, AzureServerEvent } from "../generated/dialects/types.ts";
import { azureClientChecks, azureServerChecks } from "../generated/dialects/validators.ts";
import { beta } from "./beta.ts";
import type { CoreEventType, Dialect, ExtraCommand } from "./dialect-facts.ts";
import { withTurnDetectionOff } from "./turn-detection-off.ts";
import { upcast } from "./upcast.ts";

const sessionEvents = ["session.update", "session.created", "session.updated"] as const;

/** The core events with an item of Voice Live's own kinds, and where it stands in them. */
const itemEvents: readonly CoreEventType[] = [
  "conversation.item.added",
  "conversation.item.retrieved",
  "response.output_item.added",
  "response.output_item.done",
];

const ownItems = ["web_search_call", "file_search_call", "foundry_agent_call"];

const checked = (type: AzureClientEvent["type"]) => azureClientChecks[type];
const once = (
  type: AzureClientEvent["type"],
  ...acknowledgedBy: readonly AzureServerEvent["type"][]
): ExtraCommand<AzureServerEvent["type"]> => ({ check: checked(type), role: "once", acknowledgedBy });

/**
 * Microsoft's forms: Azure OpenAI, whose general availability is the core itself and whose preview is the beta, and
 * Voice Live, which has names of the beta and events of its own for avatars, visemes, the times of words, searches
 * and WebRTC. Its events about telephone calls are not described here and arrive as unknown, with all their fields.
 */
export const azure: Dialect<AzureClientEvent, AzureServerEvent> = {
  name: "azure",
  about: "Microsoft, for Azure OpenAI and for Azure Voice Live.",
  clientEvents: {
    "input_audio.turn.append": { ...once("input_audio.turn.append"), role: "media" },
    "input_audio.turn.start": once("input_audio.turn.start"),
    "input_audio.turn.end": once("input_audio.turn.end"),
    "input_audio.turn.cancel": once("input_audio.turn.cancel"),
    "input_audio.clear": once("input_audio.clear"),
    "input_text.delta": once("input_text.delta"),
    "input_text.done": once("input_text.done"),
    mcp_approval_response: once("mcp_approval_response"),
    "rtc.call.sdp.create": once("rtc.call.sdp.create", "rtc.call.sdp.created"),
    "session.avatar.connect": once("session.avatar.connect", "session.avatar.connecting"),
  },
  serverEvents: azureServerChecks,
  renamedEvents: beta.renamedEvents,
  absentEvents: [],
  differences: [
    ...beta.differences,
    {
      events: sessionEvents,
      path: "/session/turn_detection/type",
      what: "`none` for turn detection that is off, where the core has `null` in place of the whole setting.",
      handling: "rewritten",
    },
    {
      events: sessionEvents,
      path: "/session/audio/input/turn_detection/type",
      what: "Turn detection by Azure's own models.",
      handling: "tolerated",
      values: ["azure_semantic_vad", "azure_semantic_vad_en", "azure_semantic_vad_multilingual"],
    },
    {
      events: sessionEvents,
      path: "/session/audio/input/noise_reduction/type",
      what: "A noise filter of Azure's own.",
      handling: "tolerated",
      values: ["azure_deep_noise_suppression"],
    },
    {
      events: sessionEvents,
      path: "/session/audio/output/voice/id",
      what: "A voice of Azure is an object with a `type` and a `name`, and has no id.",
      handling: "tolerated",
      values: [undefined],
    },
    {
      events: ["response.create", "response.created", "response.done"],
      path: "/response/audio/output/voice/id",
      what: "A voice of Azure is an object with a `type` and a `name`, and has no id.",
      handling: "tolerated",
      values: [undefined],
    },
    ...["/item/type", "/response/output/*/type"].map((path) => ({
      events: path === "/item/type" ? itemEvents : (["response.created", "response.done"] as const),
      path,
      what: "Searches and agents that Azure runs itself are items as well.",
      handling: "tolerated" as const,
      values: ownItems,
    })),
    {
      events: ["output_audio_buffer.cleared"],
      path: "/response_id",
      what: "It may be missing where the avatar's buffer was cleared.",
      handling: "tolerated",
      values: [undefined],
    },
    {
      events: ["response.mcp_call_arguments.done"],
      path: "/arguments",
      what: "They may be missing: take them from the deltas or from the item.",
      handling: "tolerated",
      values: [undefined],
    },
    {
      events: ["response.content_part.added", "response.content_part.done"],
      path: "/content",
      what: "The content part a second time.",
      handling: "kept",
    },
  ],
  errorCodes: {},
  upcast: (event) => withTurnDetectionOff(upcast(event), ["none"]),
};
