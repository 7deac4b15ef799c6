import { audioFormats } from "@duologue/audio";
import type { FunctionTool, ResponseConfig } from "@duologue/protocol";
import { echo } from "../brain/echo.ts";
import type { BrainRequest, Plan } from "../brain/plan.ts";
import type { CommandOf } from "../wire/command.ts";
import { type Refusal, refusal } from "../wire/refusal.ts";
import { findItem, withTranscript } from "./conversation.ts";
import { change, type Draft, freshId, send } from "./draft.ts";
import type { StoredItem } from "./engine-state.ts";
import { storedItem } from "./item-create.ts";
import { cutResponse } from "./response-end.ts";
import { plannedBeats } from "./response-plan.ts";
import { wireResponse } from "./response-wire.ts";
import { type RunningResponse, withResponse } from "./running-response.ts";
import { samplesOf } from "./sample-chain.ts";
import { unsupportedField } from "./unsupported-field.ts";
import { inputTokens } from "./usage.ts";

/** Begins a response. One at a time may write to the conversation; others may run out of band beside it. */
export function createResponse(draft: Draft, config: ResponseConfig): Refusal | undefined {
  const { session, responses, turn } = draft.state;
  const outOfBand = config.conversation === "none";
  const active = responses.find((response) => !response.outOfBand);
  if (!outOfBand && active !== undefined) {
    const message = `Conversation already has an active response in progress: ${active.id}. Wait until the response is finished before creating a new one.`;
    return refusal("conversation_already_has_active_response", message);
  }
  const unsupported = unsupportedField(config, "response");
  if (unsupported !== undefined) return unsupported;
  const context = contextOf(draft, config);
  if ("refused" in context) return context.refused;

  const { output } = session.audio;
  const instructions = config.instructions ?? session.instructions;
  const tools = config.tools ?? session.tools;
  const response: RunningResponse = {
    id: freshId(draft, "resp"),
    turn,
    outOfBand,
    modality: (config.output_modalities ?? session.output_modalities).includes("audio") ? "audio" : "text",
    format: config.audio?.output?.format?.type ?? output.format.type,
    voice: config.audio?.output?.voice ?? output.voice,
    speed: output.speed,
    maxOutputTokens: config.max_output_tokens ?? session.max_output_tokens,
    metadata: config.metadata ?? null,
    inputTokens: inputTokens(instructions, tools, context.items),
    beats: undefined,
    nextBeat: 0,
    output: [],
    open: undefined,
    textTokens: 0,
    audioMs: 0,
  };
  change(draft, { responses: [...draft.state.responses, response], turn: turn + 1 });
  send(draft, { type: "response.created", response: wireResponse(response, draft.state.conversationId) });
  answerOrAsk(draft, response, {
    responseId: response.id,
    turn,
    modality: response.modality,
    instructions,
    tools: tools.filter((tool): tool is FunctionTool => tool.type === "function"),
    toolChoice: config.tool_choice ?? session.tool_choice,
    metadata: response.metadata,
    items: context.items.map(({ item, heard }) => (heard ? withTranscript(item, heard) : item)),
    ...heardIn(context.items),
  });
  return undefined;
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
  const startMs = draft.atMs + (plan.delayMs ?? draft.settings.firstOutputMs);
  const beats = plannedBeats(draft.settings, response, plan, startMs);
  draft.state = withResponse(draft.state, id, { ...response, beats });
}

function answerOrAsk(draft: Draft, { id, turn }: RunningResponse, request: BrainRequest): void {
  const { scenario, answers } = draft.settings;
  const scripted = scenario.turns[turn];
  if (scripted !== undefined) planResponse(draft, id, scripted);
  else if (answers === "echo") planResponse(draft, id, echo(request));
  else draft.outputs.push({ type: "ask", request });
}

type Context = { readonly items: readonly StoredItem[] } | { readonly refused: Refusal };

/** What the response reads: the conversation, or its own input with the items that this refers to. */
function contextOf({ state }: Draft, { input }: ResponseConfig): Context {
  if (input === undefined) return { items: state.conversation };
  const items: StoredItem[] = [];
  for (const [index, entry] of input.entries()) {
    if (entry.type === "item_reference") {
      const found = findItem(state, entry.id);
      if (found === undefined) return { refused: unknownReference(entry.id, index) };
      items.push(found);
    } else {
      const stored = storedItem(
        state,
        entry,
        entry.id ?? `response.input[${index}]`,
        `response.input[${index}]`,
      );
      if ("refused" in stored) return stored;
      items.push(stored.stored);
    }
  }
  return { items };
}

function unknownReference(id: string, index: number): Refusal {
  const message = `Error creating response: the item with id '${id}' does not exist.`;
  return { code: "invalid_value", message, param: `response.input[${index}].id` };
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
