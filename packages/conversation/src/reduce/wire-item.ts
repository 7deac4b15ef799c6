import type { Item } from "@duologue/protocol";
import type {
  ConversationItem,
  FunctionCallItem,
  ImagePart,
  ItemStatus,
  MessageItem,
  OtherItem,
} from "../state.ts";
import { emptyInputAudio, emptyOutputAudio, emptyText, finished, spoken, withPart } from "./content.ts";

const rank: Record<ItemStatus, number> = { pending: 0, in_progress: 1, completed: 2, incomplete: 2 };

/** The later of two statuses: an item never goes back from ended to running. */
export function advanced<T extends ConversationItem>(item: T, status: ItemStatus): T {
  return rank[status] > rank[item.status] ? { ...item, status } : item;
}

/** An item of which only the id and the kind are known. */
export function pendingMessage(id: string, role: MessageItem["role"]): MessageItem {
  return { id, type: "message", status: "pending", role, content: [] };
}

/** A function call of which only the ids are known. */
export function pendingCall(id: string, callId: string): FunctionCallItem {
  const known = typeof callId === "string" ? callId : "";
  return {
    id,
    type: "function_call",
    status: "pending",
    callId: known,
    name: "",
    arguments: "",
    answered: false,
  };
}

const otherTypes: ReadonlySet<string> = new Set([
  "mcp_list_tools",
  "mcp_call",
  "mcp_approval_request",
  "mcp_approval_response",
]);

/** An item of another kind of which only the id is known. */
export function pendingOther(id: string, type: string): OtherItem {
  // The set holds exactly the names that the type allows beside "other".
  return {
    id,
    type: (otherTypes.has(type) ? type : "other") as OtherItem["type"],
    status: "pending",
    fields: {},
  };
}

/** An empty item of the kind that `wire` is. */
export function itemLike(id: string, wire: Item): ConversationItem {
  switch (wire.type) {
    case "message":
      return pendingMessage(id, wire.role);
    case "function_call":
      return pendingCall(id, wire.call_id ?? "");
    case "function_call_output":
      return { id, type: "function_call_output", status: "pending", callId: wire.call_id, output: "" };
    default:
      return pendingOther(id, (wire as { type: string }).type);
  }
}

/**
 * Brings an item up to what the server says of it. `final`: the server says that it is done. What the server leaves
 * out or sends as `null` overrides nothing, since parts of an item come on several paths.
 */
export function mergeWireItem(item: ConversationItem, wire: Item, final: boolean): ConversationItem {
  const status = statusOf(wire, final);
  return advanced(mergeFields(item, wire, rank[status] === rank.completed), status);
}

function statusOf(wire: Item, final: boolean): ItemStatus {
  if ("status" in wire && wire.status != null) return wire.status;
  const atOnce = wire.type === "function_call_output" || wire.type === "mcp_approval_response";
  return final || atOnce || wire.type === "mcp_approval_request" ? "completed" : "in_progress";
}

function mergeFields(item: ConversationItem, wire: Item, final: boolean): ConversationItem {
  if (item.type === "message" && wire.type === "message") {
    return (wire.content ?? []).reduce<MessageItem>(
      (merged, part, index) => mergePart(merged, index, part, final),
      item.role === wire.role ? item : { ...item, role: wire.role },
    );
  }
  if (item.type === "function_call" && wire.type === "function_call") {
    const callId = typeof wire.call_id === "string" ? wire.call_id : item.callId;
    const name = wire.name || item.name;
    // While arguments stream, the item itself still carries the empty string.
    const json = wire.arguments || item.arguments;
    return callId === item.callId && name === item.name && json === item.arguments
      ? item
      : { ...item, callId, name, arguments: json };
  }
  if (item.type === "function_call_output" && wire.type === "function_call_output") {
    return wire.output === item.output && wire.call_id === item.callId
      ? item
      : { ...item, output: wire.output, callId: wire.call_id };
  }
  if ("fields" in item) {
    const {
      id: _,
      type: __,
      status: ___,
      object: ____,
      ...sent
    } = wire as unknown as Record<string, unknown>;
    const known = Object.entries(sent).filter(([, value]) => value != null && value !== "");
    const fields = { ...item.fields, ...Object.fromEntries(known) };
    return JSON.stringify(fields) === JSON.stringify(item.fields) ? item : { ...item, fields };
  }
  return item;
}

type WirePart = {
  readonly type?: string | null;
  readonly text?: string | null;
  readonly transcript?: string | null;
  readonly image_url?: string | null;
  readonly detail?: string | null;
};

/** Merges one content part, under either of the names that the wire has for it (`text` or `output_text` …). */
export function mergePart(item: MessageItem, index: number, wire: WirePart, final: boolean): MessageItem {
  const { text, transcript } = wire;
  switch (wire.type) {
    case "input_text":
      return withPart(item, index, emptyText("input_text"), (part) => finished(part, text ?? part.text));
    case "output_text":
    case "text":
      return withPart(item, index, emptyText("output_text"), (part) =>
        final && text != null ? finished(part, text) : part,
      );
    case "input_audio":
      return withPart(item, index, emptyInputAudio, (part) =>
        transcript && part.transcription === "none"
          ? { ...part, transcript, transcription: "completed" }
          : part,
      );
    case "output_audio":
    case "audio":
      return withPart(item, index, emptyOutputAudio, (part) =>
        final ? spoken(part, transcript ?? undefined) : part,
      );
    case "input_image":
      return withPart(item, index, emptyImage, (part) => shown(part, wire.image_url, wire.detail));
    default:
      return item;
  }
}

const emptyImage: ImagePart = { type: "input_image" };

function shown(
  part: ImagePart,
  url: string | null | undefined,
  detail: string | null | undefined,
): ImagePart {
  const imageUrl = url ?? part.imageUrl;
  const wanted = detail ?? part.detail;
  if (imageUrl === part.imageUrl && wanted === part.detail) return part;
  return {
    type: "input_image",
    ...(imageUrl === undefined ? {} : { imageUrl }),
    ...(wanted === undefined ? {} : { detail: wanted }),
  };
}
