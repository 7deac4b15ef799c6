import { audioFormats, bytesToBase64, encodeAudio } from "@duologue/audio";
import type { ResponsePart, ServerItem } from "@duologue/protocol";
import { changeConversation, findItem, lastItemId, replaceItem, withoutWords } from "./conversation.ts";
import { change, type Draft, freshId, obfuscation, send } from "./draft.ts";
import { countMade } from "./effort.ts";
import { playSound } from "./media-track.ts";
import { type ItemEnd, type OpenItem, type RunningResponse, withResponse } from "./running-response.ts";
import { withSamples } from "./sample-chain.ts";

const contentIndex = 0;

/** Begins the message: its item, and its one content part. */
export function openMessage(draft: Draft, response: RunningResponse): void {
  const id = freshId(draft, "item");
  openItem(draft, response, { id, type: "message", status: "in_progress", role: "assistant", content: [] });
  const part: ResponsePart =
    response.modality === "audio" ? { type: "audio", transcript: "" } : { type: "text", text: "" };
  send(draft, {
    type: "response.content_part.added",
    response_id: response.id,
    item_id: id,
    output_index: response.output.length,
    content_index: contentIndex,
    part,
  });
}

/** Begins a function call. */
export function openCall(draft: Draft, response: RunningResponse, name: string): void {
  openItem(draft, response, {
    id: freshId(draft, "item"),
    type: "function_call",
    status: "in_progress",
    name,
    call_id: freshId(draft, "call"),
    arguments: "",
  });
}

/** Goes on with the words of the open message, or with the arguments of the open call, of whichever kind. */
export function writeText(draft: Draft, response: RunningResponse, open: OpenItem, delta: string): void {
  const { item } = open;
  const at = placeOf(response, open);
  const piece = { delta, obfuscation: obfuscation(draft, delta) };
  if (item.type === "mcp_call") {
    send(draft, { type: "response.mcp_call_arguments.delta", ...at, ...piece });
  } else if (item.type === "function_call") {
    const type = "response.function_call_arguments.delta";
    send(draft, { type, ...at, call_id: item.call_id ?? "", ...piece });
  } else {
    const spoken = response.modality === "audio";
    const type = spoken ? "response.output_audio_transcript.delta" : "response.output_text.delta";
    send(draft, { type, ...at, content_index: contentIndex, ...piece });
  }
  const changed = { open: { ...open, written: open.written + delta }, textTokens: response.textTokens + 1 };
  draft.state = withResponse(draft.state, response.id, { ...response, ...changed });
}

/** Goes on sounding, in an event or on the media track. What is generated counts for truncation, whether or not it is ever played. */
export function writeAudio(
  draft: Draft,
  response: RunningResponse,
  open: OpenItem,
  samples: Int16Array,
): void {
  const format = audioFormats[response.soundFormat];
  countMade(draft, samples.length, format.sampleRateHz);
  if (draft.state.audio === "media") {
    playSound(draft, response.id, open.item.id, samples);
  } else {
    const delta = bytesToBase64(encodeAudio(format, samples));
    send(draft, {
      type: "response.output_audio.delta",
      response_id: response.id,
      item_id: open.item.id,
      output_index: response.output.length,
      content_index: contentIndex,
      delta,
      ...(draft.settings.unsettled.obfuscatesAudio && { obfuscation: obfuscation(draft, delta) }),
    });
  }
  const audioMs = response.audioMs + (samples.length * 1000) / format.sampleRateHz;
  draft.state = withResponse(draft.state, response.id, { ...response, audioMs });
  change(draft, { hasSpoken: true });
  const stored = response.outOfBand ? undefined : findItem(draft.state, open.item.id);
  if (stored === undefined || stored.truncated) return;
  // A piece of a longer sound would keep all of that in memory.
  const chain = withSamples(stored.audio?.samples, samples.slice());
  replaceItem(draft, { ...stored, audio: { format: response.soundFormat, samples: chain } });
}

/** Ends the open item with all its `done` events, in the order of the wire. */
export function closeItem(draft: Draft, response: RunningResponse, open: OpenItem, end: ItemEnd): void {
  const { written, previousItemId } = open;
  const at = placeOf(response, open);
  const spoken = response.modality === "audio";
  const item = finishedItem(response, open, end);
  if (item.type === "function_call") {
    const { call_id = "", name } = item;
    send(draft, { type: "response.function_call_arguments.done", ...at, call_id, name, arguments: written });
  } else {
    const part = { ...at, content_index: contentIndex };
    if (spoken) {
      const { endsTranscriptFirst } = draft.settings.unsettled;
      if (!endsTranscriptFirst) send(draft, { type: "response.output_audio.done", ...part });
      send(draft, { type: "response.output_audio_transcript.done", ...part, transcript: written });
      if (endsTranscriptFirst) send(draft, { type: "response.output_audio.done", ...part });
    } else {
      send(draft, { type: "response.output_text.done", ...part, text: written });
    }
    const whole: ResponsePart = spoken
      ? { type: "audio", transcript: written }
      : { type: "text", text: written };
    send(draft, { type: "response.content_part.done", ...part, part: whole });
  }
  const stored = response.outOfBand ? undefined : findItem(draft.state, item.id);
  if (stored !== undefined) {
    replaceItem(draft, { ...stored, item: stored.truncated ? withoutWords(item) : item });
    // Of what a model makes, all recordings name the predecessor here, unless that is the conversation's first item.
    const isSecond = previousItemId === draft.state.conversation[0]?.item.id;
    const previous_item_id = isSecond ? null : previousItemId;
    send(draft, { type: "conversation.item.done", previous_item_id, item });
  }
  outputDone(draft, response, item);
}

/** The item that a response has made is done: it is one of its outputs from now on. */
export function outputDone(draft: Draft, response: RunningResponse, item: ServerItem): void {
  const output_index = response.output.length;
  send(draft, { type: "response.output_item.done", response_id: response.id, output_index, item });
  const changed = { ...response, open: undefined, output: [...response.output, item] };
  draft.state = withResponse(draft.state, response.id, changed);
}

/** Where the open item stands in its response, as events name it. */
export function placeOf({ id, output }: RunningResponse, { item }: OpenItem) {
  return { response_id: id, item_id: item.id, output_index: output.length };
}

/** Begins an item: of the response, and of the conversation where the response is not out of band. */
export function openItem(draft: Draft, response: RunningResponse, item: ServerItem): void {
  const previousItemId = response.outOfBand ? null : lastItemId(draft.state);
  const output_index = response.output.length;
  send(draft, { type: "response.output_item.added", response_id: response.id, output_index, item });
  if (!response.outOfBand) {
    changeConversation(draft, draft.state.conversation.length, 0, { item });
    send(draft, { type: "conversation.item.added", previous_item_id: previousItemId, item });
  }
  const open = { item, previousItemId, written: "" };
  draft.state = withResponse(draft.state, response.id, { ...response, open });
}

function finishedItem(
  { modality }: RunningResponse,
  { item, written }: OpenItem,
  status: ItemEnd,
): ServerItem {
  if (item.type === "function_call") return { ...item, status, arguments: written };
  if (item.type !== "message" || item.role !== "assistant") return item;
  const content =
    modality === "audio"
      ? ({ type: "output_audio", transcript: written } as const)
      : ({ type: "output_text", text: written } as const);
  return { ...item, status, content: [content] };
}
