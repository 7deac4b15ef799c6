import type { Item } from "@duologue/protocol";
import type { ConversationItem } from "../item.ts";
import { findItem, isDeleted } from "../reduce/items.ts";
import { receivedMs } from "../reduce/playback.ts";
import { findResponse } from "../reduce/responses.ts";
import type { ConversationState } from "../state.ts";
import { type Finding, finding, type Known, none } from "./finding.ts";

/** An item of the conversation that the present server session has, or is just making. */
export function presentItem(state: ConversationState, id: string): ConversationItem | undefined {
  const item = findItem(state, id);
  if (item === undefined || item.standing === "absent") return undefined;
  const response = findResponse(state, item.responseId);
  const isInConversation = response?.outOfBand === false || state.items.includes(item);
  return isInConversation ? item : undefined;
}

/** Whether the present server session has an item, or is just making it. */
export function isPresent(state: ConversationState, id: string): boolean {
  return presentItem(state, id) !== undefined;
}

/** Whether an item was sent, or is going to be, and the server has not confirmed it. */
export function isUnderWay(state: Known, id: string): boolean {
  return state.waiting.has(id) || (state.turn.unconfirmed.includes(id) && !isDeleted(state, id));
}

/** What is wrong with naming an item. */
export function unknownItem(state: Known, id: string): readonly Finding[] {
  if (isPresent(state, id) || isUnderWay(state, id)) return none;
  const isBeside = findItem(state, id) !== undefined;
  const why = isBeside ? "it stands beside the conversation, or is of an earlier session" : "nobody made one";
  return finding("unknown_item", `The server has no item ${id}: ${why}.`);
}

/** What is wrong with an item by itself. */
export function contentOf(state: Known, item: Item): readonly Finding[] {
  switch (item.type) {
    case "function_call_output":
      return unknownCall(state, item.call_id);
    case "mcp_approval_response": {
      const { approval_request_id: id } = item;
      const request = presentItem(state, id);
      return request?.type === "mcp_approval_request" && request.approved === undefined
        ? none
        : finding("unknown_approval", `No request ${id} waits for approval.`);
    }
    case "mcp_list_tools":
    case "mcp_call":
    case "mcp_approval_request":
      return finding("service_item", `Only the service makes items of type ${item.type}.`);
    case "message":
      return item.role === "assistant" && item.content.some(({ type }) => type === "output_audio")
        ? finding("assistant_sound", "What the assistant said can be put in as words only: output_text.")
        : none;
    default:
      return none;
  }
}

function unknownCall(state: Known, callId: string): readonly Finding[] {
  const call = state.items.find(
    (item) => item.type === "function_call" && item.callId === callId && item.standing !== "absent",
  );
  return call === undefined
    ? finding("unknown_call", `The conversation has no function call ${callId} to answer.`)
    : none;
}

/** What is wrong with a truncation of an item that there is. */
export function cut(
  { audio: flavour }: Known,
  item: ConversationItem,
  contentIndex: number,
  audioEndMs: number,
): readonly Finding[] {
  const part = item.type === "message" ? item.content[contentIndex] : undefined;
  if (item.standing !== undefined) {
    return finding("not_assistant_speech", `Item ${item.id} was told to this session in words.`);
  }
  if (!(audioEndMs >= 0)) return finding("beyond_audio", `${audioEndMs} ms is no place in sound.`);
  // What a media track has brought is not counted here.
  if (flavour === "media" && part?.type === "output_audio") return none;
  const audio = part?.type === "output_audio" ? part.audio : undefined;
  if (audio === undefined || audio.receivedBytes === 0) {
    return finding("not_assistant_speech", `Item ${item.id} has no sound of the assistant to cut.`);
  }
  const { truncatedAtMs = Number.POSITIVE_INFINITY, cutting } = audio;
  const mostMs = Math.min(
    Math.floor(receivedMs(audio)),
    truncatedAtMs,
    cutting?.atMs ?? Number.POSITIVE_INFINITY,
  );
  return audioEndMs <= mostMs
    ? none
    : finding(
        "beyond_audio",
        `Item ${item.id} has ${mostMs} ms of sound and cannot be cut at ${audioEndMs} ms.`,
      );
}
