import type { McpError, McpToolDescription, TranscriptionUsage } from "@duologue/protocol";
import type { ContentPart } from "./content-part.ts";

/**
 * How far an item has come; it only moves on. `pending`: announced, with nothing of it here yet. `incomplete`: it broke
 * off, or failed. `cancelled`: it broke off because its response was cancelled, by the user's voice or by us.
 */
export type ItemStatus = "pending" | "in_progress" | "completed" | "incomplete" | "cancelled";

interface ItemBase {
  readonly id: string;
  readonly status: ItemStatus;
  /** The response that made the item. */
  readonly responseId?: string;
  /** The id after which the item belongs, while the place of that one is not known either. */
  readonly awaits?: string;
  /**
   * How the item stands in the present server session, when it was made in an earlier one. `rebuilt`: it is there in
   * words. `absent`: it is not.
   */
  readonly standing?: "rebuilt" | "absent";
}

/** What one side said. */
export interface MessageItem extends ItemBase {
  readonly type: "message";
  readonly role: "user" | "assistant" | "system";
  readonly content: readonly ContentPart[];
  /** The words by which the present server session knows speech that is heard to its end only now. */
  readonly told?: string;
  /** That session is being told otherwise: that it deletes the item is not the end of it. */
  readonly retelling?: true;
}

/** The model's wish to have a function called. */
export interface FunctionCallItem extends ItemBase {
  readonly type: "function_call";
  readonly callId: string;
  readonly name: string;
  /** JSON, as far as it has come. */
  readonly arguments: string;
  /** Whether an output for this call was sent. */
  readonly answered: boolean;
  /** No answer is asked for by its output: a tool with `respond: false` gave that. */
  readonly silent?: true;
  /** An edit of the history is taking it away: that is no reason to ask for an answer. */
  readonly editedOut?: true;
}

/** What a function returned. */
export interface FunctionCallOutputItem extends ItemBase {
  readonly type: "function_call_output";
  readonly callId: string;
  readonly output: string;
}

/** The tools that an MCP server offers, as the service has listed them. */
export interface McpToolsItem extends ItemBase {
  readonly type: "mcp_list_tools";
  readonly serverLabel: string;
  readonly tools: readonly McpToolDescription[];
}

/** A call of an MCP tool, which the service makes by itself. It may outlast the response that wanted it. */
export interface McpCallItem extends ItemBase {
  readonly type: "mcp_call";
  readonly serverLabel: string;
  readonly name: string;
  /** JSON, as far as it has come. */
  readonly arguments: string;
  /** What the tool gave back. */
  readonly output?: string;
  /** Why the call failed. */
  readonly error?: McpError;
  /** The request that allowed the call, where one was needed. */
  readonly approvalRequestId?: string;
}

/** The service asks whether it may call an MCP tool. */
export interface McpApprovalRequestItem extends ItemBase {
  readonly type: "mcp_approval_request";
  readonly serverLabel: string;
  readonly name: string;
  /** JSON. */
  readonly arguments: string;
  /** What was answered; absent until something was. */
  readonly approved?: boolean;
}

/** The answer to a request for approval. */
export interface McpApprovalResponseItem extends ItemBase {
  readonly type: "mcp_approval_response";
  readonly approvalRequestId: string;
  readonly approve: boolean;
  readonly reason?: string;
}

/** An item of a kind that this version does not know, with its fields as the server last sent them. */
export interface OtherItem extends ItemBase {
  readonly type: "other";
  /** What the server calls it. */
  readonly kind: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

export type ConversationItem =
  | MessageItem
  | FunctionCallItem
  | FunctionCallOutputItem
  | McpToolsItem
  | McpCallItem
  | McpApprovalRequestItem
  | McpApprovalResponseItem
  | OtherItem;

/** An item that was deleted. */
export interface DeletedItem {
  readonly id: string;
  /** The id of the item before it, which takes what the server places behind it; `null` where it was the first. */
  readonly behind: string | null;
  /** What the transcription of each of its parts was counted with in the conversation's usage; `null` for none. */
  readonly usages?: readonly (TranscriptionUsage | null)[];
}
