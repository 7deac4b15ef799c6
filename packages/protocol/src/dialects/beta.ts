import type { Dialect, FieldDifference } from "./dialect-facts.ts";
import { betaNames, upcast } from "./upcast.ts";

const sessionEvents = ["session.update", "session.created", "session.updated"] as const;
const responseEvents = ["response.create", "response.created", "response.done"] as const;

const rewritten = (
  events: FieldDifference["events"] & object,
  path: string,
  what: string,
): FieldDifference => ({
  events,
  path,
  what,
  handling: "rewritten",
});
const ofSession = (field: string, what: string) => rewritten(sessionEvents, `/session/${field}`, what);
const ofResponse = (field: string, what: string) => rewritten(responseEvents, `/response/${field}`, what);

const both = "It is `output_modalities` in the core, where `audio` alone stands for speech and its text.";
const word = "A word such as `pcm16`; in the core it is an object, nested.";
const length = "It is `max_output_tokens` in the core.";

/** The flat settings of the beta, which `upcast` nests. */
export const flatSettings: readonly FieldDifference[] = [
  ofSession(
    "type",
    "It is not there: only the name `transcription_session.*` tells the kinds of sessions apart.",
  ),
  ofSession("modalities", both),
  ofSession("voice", "It is `audio.output.voice` in the core."),
  ofSession("speed", "It is `audio.output.speed` in the core."),
  ofSession(
    "input_audio_format",
    `${word} Qwen means 16,000 samples a second by \`pcm16\`: the rate is left out there.`,
  ),
  ofSession("output_audio_format", word),
  ofSession("input_audio_transcription", "It is `audio.input.transcription` in the core."),
  ofSession("input_audio_noise_reduction", "It is `audio.input.noise_reduction` in the core."),
  ofSession("turn_detection", "It is `audio.input.turn_detection` in the core."),
  ofSession("max_response_output_tokens", length),
  ofResponse("modalities", both),
  ofResponse("voice", "It is `audio.output.voice` in the core."),
  ofResponse("output_audio_format", word),
  ofResponse("max_response_output_tokens", length),
];

/** Content parts by their beta names, which `upcast` renames. */
export const partNames: readonly FieldDifference[] = [
  "/item/content/*/type",
  "/response/output/*/content/*/type",
  "/response/input/*/content/*/type",
].map((path) => ({
  path,
  what: "`text` and `audio`, in place of `output_text` and `output_audio`, or of `input_text` and `input_audio`.",
  handling: "rewritten",
}));

/**
 * The protocol as it was before its general availability, which OpenAI refuses today: for recordings, for Azure's
 * preview, for Qwen-Omni and for whoever else still speaks it.
 */
export const beta: Dialect = {
  name: "beta",
  about: "The retired beta of OpenAI, Azure OpenAI's preview, Qwen-Omni, and older copies of the protocol.",
  clientEvents: {},
  serverEvents: {},
  renamedEvents: betaNames,
  absentEvents: [
    "conversation.item.added",
    "conversation.item.done",
    "conversation.item.input_audio_transcription.segment",
    "input_audio_buffer.timeout_triggered",
    "input_audio_buffer.dtmf_event_received",
    "mcp_list_tools.in_progress",
    "mcp_list_tools.completed",
    "mcp_list_tools.failed",
    "response.mcp_call_arguments.delta",
    "response.mcp_call_arguments.done",
    "response.mcp_call.in_progress",
    "response.mcp_call.completed",
    "response.mcp_call.failed",
  ],
  differences: [
    ...flatSettings,
    ...partNames,
    {
      path: "/event_id",
      what: "Some services leave it out.",
      handling: "tolerated",
      values: [undefined],
    },
    {
      events: ["response.function_call_arguments.done"],
      path: "/name",
      what: "It is not there; `response.output_item.added` has named the function.",
      handling: "tolerated",
      values: [undefined],
    },
    ...(["/session/temperature", "/response/temperature"] as const).map(
      (path): FieldDifference => ({
        events: path === "/session/temperature" ? sessionEvents : responseEvents,
        path,
        what: "How freely the model chooses, 0.6 to 1.2; the core has no such setting.",
        handling: "kept",
      }),
    ),
  ],
  errorCodes: {},
  upcast,
};
