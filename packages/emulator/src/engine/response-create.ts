import { audioFormats } from "@duologue/audio";
import type { ResponseConfig } from "@duologue/protocol";
import { echo } from "../brain/echo.ts";
import { failedPlan } from "../brain/failed-plan.ts";
import type { BrainRequest, Plan } from "../brain/plan.ts";
import type { CommandOf } from "../wire/command.ts";
import { fieldRefusal, type Refusal, refusal } from "../wire/refusal.ts";
import { unsupported } from "../wire/shape.ts";
import { answerDue } from "./answer-due.ts";
import { appendItem, withTranscript } from "./conversation.ts";
import { change, type Draft, freshId, send } from "./draft.ts";
import type { StoredItem } from "./engine-state.ts";
import { armFaults } from "./faults.ts";
import { storedItem } from "./item-create.ts";
import { responseLimit } from "./limits.ts";
import { callableTools } from "./mcp-call.ts";
import { listTools } from "./mcp-listing.ts";
import { resolvedConfig } from "./resolved-config.ts";
import { contextOf, drop, fittedContext, unreadPlan } from "./response-context.ts";
import { cutResponse } from "./response-end.ts";
import { plannedBeats } from "./response-plan.ts";
import { wireResponse } from "./response-wire.ts";
import { type RunningResponse, withResponse } from "./running-response.ts";
import { samplesOf } from "./sample-chain.ts";
import { unknownVoice } from "./unknown-voice.ts";
import { inputTokens, noInput, prefixTokens } from "./usage.ts";
import { speakable, unspoken } from "./voiced-plan.ts";

/** Begins a response. One at a time may write to the conversation; others may run out of band beside it. */
export function createResponse(draft: Draft, asked: ResponseConfig): Refusal | undefined {
  const { kind, session, responses, turn } = draft.state;
  if (kind === "transcription") {
    return refusal(null, "Creating a response in a transcription session is not allowed.");
  }
  const unknown = unknownVoice(draft.settings, asked.audio?.output?.voice, "response.audio");
  if (unknown !== undefined) return unknown;
  const { conversation = "auto" } = asked;
  const { conversationId } = draft.state;
  if (conversation !== "auto" && conversation !== "none" && conversation !== conversationId) {
    const message = unsupported(conversation, ["auto", "none", conversationId]);
    return fieldRefusal("invalid_value", "response.conversation", message);
  }
  const outOfBand = conversation === "none";
  const active = responses.find((response) => !response.outOfBand);
  if (!outOfBand && active !== undefined) {
    const message = `Conversation already has an active response in progress: ${active.id}. Wait until the response is finished before creating a new one.`;
    return refusal("conversation_already_has_active_response", message);
  }
  const limited = responseLimit(draft, { outOfBand });
  if (limited !== undefined) return limited;
  const resolved = resolvedConfig(draft, asked, session.tools, "response");
  if ("refused" in resolved) return resolved.refused;
  const { config } = resolved;
  const given = contextOf(draft, config);
  if ("refused" in given) return given.refused;

  const { output } = session.audio;
  const tools = config.tools ?? session.tools;
  const prefix = prefixTokens(config.instructions ?? session.instructions, tools);
  const context = fittedContext(draft, prefix, given.items);
  const { tooLong } = context;
  if (tooLong !== undefined && draft.settings.unsettled.refusesLongContext) return tooLong;
  const format = config.audio?.output?.format?.type ?? output.format.type;
  const response: RunningResponse = {
    id: freshId(draft, "resp"),
    turn,
    outOfBand,
    modality: (config.output_modalities ?? session.output_modalities).includes("audio") ? "audio" : "text",
    format,
    soundFormat: draft.state.audio === "media" ? "audio/pcm" : format,
    voice: config.audio?.output?.voice ?? output.voice,
    speed: output.speed,
    maxOutputTokens: config.max_output_tokens ?? session.max_output_tokens,
    metadata: config.metadata ?? null,
    inputTokens: tooLong === undefined ? inputTokens(prefix, context.items) : noInput,
    config,
    mcpTools: tools.filter((tool) => tool.type === "mcp"),
    startsAfterMs: undefined,
    pausedMs: undefined,
    beats: undefined,
    answerDue: undefined,
    nextBeat: 0,
    output: [],
    open: undefined,
    textTokens: 0,
    audioMs: 0,
  };
  if (config.input === undefined) drop(draft, context.dropped, prefix);
  if (!outOfBand && draft.settings.unsettled.keepsResponseInput) keepInput(draft, config);
  const idle = outOfBand ? draft.state.idle : undefined;
  change(draft, { responses: [...draft.state.responses, response], turn: turn + 1, idle });
  armFaults(draft, draft.settings.scenario.turns[turn]?.faults);
  send(draft, { type: "response.created", response: wireResponse(response, draft.state.conversationId) });
  const startsAfterMs = listTools(draft, config.tools ?? []);
  const begun = { ...response, startsAfterMs };
  draft.state = withResponse(draft.state, response.id, begun);
  if (tooLong === undefined) answerOrAsk(draft, begun, turn, context.items);
  else planResponse(draft, begun.id, unreadPlan(tooLong));
  return undefined;
}

/** Asks what a response does next, whose calls of MCP tools have ended. To a scenario this is another turn. */
export function continueResponse(draft: Draft, response: RunningResponse): void {
  const { turn } = draft.state;
  change(draft, { turn: turn + 1 });
  armFaults(draft, draft.settings.scenario.turns[turn]?.faults);
  const waiting = { ...response, beats: undefined, nextBeat: 0 };
  draft.state = withResponse(draft.state, response.id, waiting);
  const context = contextOf(draft, response.config);
  // What it was given at its beginning was taken then; only an item that it names may have gone meanwhile.
  const items = "refused" in context ? [] : context.items;
  const own = response.config.input === undefined ? [] : response.output.map((item) => ({ item }));
  answerOrAsk(draft, waiting, turn, [...items, ...own]);
}

/** `response.cancel`: the response named, or the one of the conversation. */
export function cancelResponse(draft: Draft, command: CommandOf<"response.cancel">): Refusal | undefined {
  const { response_id: id } = command;
  const found = draft.state.responses.find((response) =>
    id === undefined ? !response.outOfBand : response.id === id,
  );
  if (found === undefined) {
    return refusal("response_cancel_not_active", "Cancellation failed: no active response found");
  }
  cutResponse(draft, found, "client_cancelled");
  return undefined;
}

/** Puts on schedule what the response will do; without effect when it has ended or has a plan already. */
export function planResponse(draft: Draft, id: string, plan: Plan): void {
  const response = draft.state.responses.find((running) => running.id === id);
  if (response === undefined || response.beats !== undefined) return;
  const fromMs = Math.max(draft.atMs, response.startsAfterMs ?? draft.atMs);
  const startMs = fromMs + (plan.delayMs ?? draft.settings.firstOutputMs);
  const planned = speakable(draft.settings, response.modality, plan);
  const toSpeak = unspoken(draft.settings, response.modality, planned);
  if (toSpeak !== undefined) {
    draft.state = withResponse(draft.state, id, { ...response, answerDue: answerDue(draft, "voice") });
    draft.outputs.push({ type: "speak", responseId: id, plan: toSpeak });
    return;
  }
  const beats = beatsOf(draft, response, planned, startMs);
  draft.state = withResponse(draft.state, id, { ...response, beats, answerDue: undefined });
}

/** What a response does by a plan; it fails where the voice does. */
function beatsOf({ settings }: Draft, response: RunningResponse, plan: Plan, startMs: number) {
  try {
    return plannedBeats(settings, response, plan, startMs);
  } catch (error) {
    return plannedBeats(settings, response, failedPlan("voice_failed", error), startMs);
  }
}

/** Plans what a response does: by the scenario's turn, by the echo, or by whoever runs the engine. */
function answerOrAsk(
  draft: Draft,
  response: RunningResponse,
  turn: number,
  items: readonly StoredItem[],
): void {
  const { scenario, answers } = draft.settings;
  const scripted = scenario.turns[turn];
  if (scripted !== undefined) {
    planResponse(draft, response.id, scripted);
    return;
  }
  const { session } = draft.state;
  const { config } = response;
  const request: BrainRequest = {
    responseId: response.id,
    turn,
    modality: response.modality,
    instructions: config.instructions ?? session.instructions,
    tools: (config.tools ?? session.tools).filter((tool) => tool.type === "function"),
    mcpTools: callableTools(draft, response),
    toolChoice: config.tool_choice ?? session.tool_choice,
    metadata: response.metadata,
    items: items.map(({ item, heard }) => (heard ? withTranscript(item, heard) : item)),
    ...heardIn(items),
  };
  if (answers === "echo") {
    planResponse(draft, response.id, echo(request));
    return;
  }
  const asked = { ...response, answerDue: answerDue(draft, "brain") };
  draft.state = withResponse(draft.state, response.id, asked);
  draft.outputs.push({ type: "ask", request });
}

/** Adds the items of a response's own input to the conversation. */
function keepInput(draft: Draft, { input = [] }: ResponseConfig): void {
  for (const [index, entry] of input.entries()) {
    if (entry.type === "item_reference") continue;
    const id = entry.id || freshId(draft, "item");
    const made = storedItem(draft.state, entry, id, `response.input[${index}]`);
    if ("stored" in made) appendItem(draft, made.stored);
  }
}

/** The last sound of the user in a context. */
function heardIn(items: readonly StoredItem[]): Pick<BrainRequest, "heard"> {
  const found = items.findLast(
    ({ item, audio }) => audio !== undefined && item.type === "message" && item.role === "user",
  );
  if (found?.audio === undefined) return {};
  const { format, samples } = found.audio;
  return { heard: { samples: samplesOf(samples), sampleRateHz: audioFormats[format].sampleRateHz } };
}
