import type { Item } from "@duologue/protocol";
import type { ImagePart } from "../content-part.ts";
import type { ConversationItem, FunctionCallItem, ItemStatus, MessageItem } from "../item.ts";
import { emptyInputAudio, emptyOutputAudio, emptyText, finished, spoken, withPart } from "./content.ts";
import { mcpItemLike, mergeMcpItem } from "./mcp-items.ts";
import { isDeep, readText } from "./readable.ts";
import { withFields } from "./with-fields.ts";

/**
 * What outlasts what, so that the end is the same in whatever order it is told: an item whose end was told is complete,
 * also when the response that made it was cancelled.
 */
const rank: Record<ItemStatus, number> = {
  pending: 0,
  in_progress: 1,
  incomplete: 2,
  cancelled: 3,
  completed: 4,
};

/** Of calls at a server: that one failed is known better than that it came to an end. */
const mcpRank: Record<ItemStatus, number> = { ...rank, cancelled: 2, completed: 3, incomplete: 4 };

/** Whether nothing more is going to come of an item. */
export function isEnded({ status }: ConversationItem): boolean {
  return rank[status] >= rank.incomplete;
}

/** The later of two statuses: an item never goes back from ended to running. */
export function advanced<T extends ConversationItem>(item: T, status: ItemStatus): T {
  const ranks = item.type === "mcp_call" || item.type === "mcp_list_tools" ? mcpRank : rank;
  return ranks[status] > ranks[item.status] ? { ...item, status } : item;
}

/** An item of which only the id and the kind are known. */
export function pendingMessage(id: string, role: MessageItem["role"]): MessageItem {
  return { id, type: "message", status: "pending", role, content: [] };
}

/** A function call of which only the ids are known. */
export function pendingCall(id: string, callId: string): FunctionCallItem {
  return {
    id,
    type: "function_call",
    status: "pending",
    callId: readText(callId) ?? "",
    name: "",
    arguments: "",
    answered: false,
  };
}

/** An empty item of the kind that `wire` is. */
export function itemLike(id: string, wire: Item): ConversationItem {
  switch (wire.type) {
    case "message":
      return pendingMessage(id, roleOf(wire.role));
    case "function_call":
      return pendingCall(id, wire.call_id ?? "");
    case "function_call_output":
      return { id, type: "function_call_output", status: "pending", callId: "", output: "" };
    case "mcp_list_tools":
    case "mcp_call":
    case "mcp_approval_request":
    case "mcp_approval_response":
      return mcpItemLike(id, wire.type);
    default:
      // A service may have kinds of items that the types do not know.
      wire satisfies never;
      return { id, type: "other", status: "pending", kind: readText((wire as Item).type) ?? "", fields: {} };
  }
}

/** A frame that fails validation may have anyone for its speaker. */
function roleOf(role: MessageItem["role"]): MessageItem["role"] {
  return role === "user" || role === "system" ? role : "assistant";
}

/**
 * Brings an item up to what the server says of it. `final`: the server says that it is done. What the server leaves
 * out or sends as `null` overrides nothing, since parts of an item come on several paths.
 */
export function mergeWireItem(item: ConversationItem, wire: Item, final: boolean): ConversationItem {
  const status = statusOf(wire, final);
  return advanced(mergeFields(item, wire, rank[status] >= rank.incomplete), status);
}

const wireStatuses: readonly unknown[] = ["in_progress", "completed", "incomplete"];

function statusOf(wire: Item, final: boolean): ItemStatus {
  switch (wire.type) {
    case "mcp_call":
      // It is called after its arguments are done, and that may be after its response is.
      if (wire.error != null) return "incomplete";
      return wire.output == null ? "in_progress" : "completed";
    case "function_call_output":
    case "mcp_approval_request":
    case "mcp_approval_response":
      return "completed";
    default:
      if ("status" in wire && wireStatuses.includes(wire.status)) return wire.status ?? "in_progress";
      return final ? "completed" : "in_progress";
  }
}

function mergeFields(item: ConversationItem, wire: Item, final: boolean): ConversationItem {
  if (item.type === "message" && wire.type === "message") {
    return (wire.content ?? []).reduce<MessageItem>(
      (merged, part, index) => mergePart(merged, index, part, final),
      withFields(item, { role: roleOf(wire.role) }),
    );
  }
  if (item.type === "function_call" && wire.type === "function_call") {
    return withFields(item, {
      callId: readText(wire.call_id),
      // While arguments stream, the item itself still carries the empty string.
      name: readText(wire.name || undefined),
      arguments: readText(wire.arguments || undefined),
    });
  }
  if (item.type === "function_call_output" && wire.type === "function_call_output") {
    return withFields(item, { callId: readText(wire.call_id), output: readText(wire.output) });
  }
  if (item.type === "other") {
    const {
      id: _,
      type: __,
      status: ___,
      object: ____,
      ...sent
    } = wire as unknown as Record<string, unknown>;
    const known = Object.entries(sent).filter(([, value]) => value != null && value !== "" && !isDeep(value));
    return withFields(item, { fields: { ...item.fields, ...Object.fromEntries(known) } });
  }
  return mergeMcpItem(item, wire);
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
  const text = readText(wire.text);
  const transcript = readText(wire.transcript);
  switch (wire.type) {
    case "input_text":
      return withPart(item, index, emptyText("input_text"), (part) => finished(part, text));
    case "output_text":
    case "text":
      return withPart(item, index, emptyText("output_text"), (part) =>
        final && text !== undefined ? finished(part, text) : part,
      );
    case "input_audio":
      return withPart(item, index, emptyInputAudio, (part) =>
        transcript && part.transcription === "none"
          ? { ...part, transcript, transcription: "completed" }
          : part,
      );
    case "output_audio":
    case "audio":
      return withPart(item, index, emptyOutputAudio, (part) => (final ? spoken(part, transcript) : part));
    case "input_image":
      return withPart(item, index, emptyImage, (part) =>
        withFields(part, { imageUrl: readText(wire.image_url), detail: readText(wire.detail) }),
      );
    default:
      return item;
  }
}

const emptyImage: ImagePart = { type: "input_image" };
