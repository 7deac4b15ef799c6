import { RealtimeError } from "@duologue/core";
import type { ClientEvent } from "@duologue/protocol";
import { messageOf } from "./message-of.ts";
import { type Approval, decided, type ToolContext } from "./tool.ts";

/** The service's wish to call a tool of an MCP server, which a person or a rule has to allow. */
export interface McpApprovalRequest {
  /** The id of the request's item. */
  readonly requestId: string;
  readonly serverLabel: string;
  /** The tool that would be called. */
  readonly name: string;
  /** JSON text. */
  readonly arguments: string;
}

/** Decides on a call of an MCP tool; may take as long as it likes. `signal` fires when the conversation is closed. */
export type McpApprover = (
  request: McpApprovalRequest,
  context: Pick<ToolContext, "signal">,
) => Approval | Promise<Approval>;

/** The command that answers a request for approval. */
export function approvalCommand(requestId: string, approval: Approval): ClientEvent {
  const { approved, reason } = decided(approval);
  return {
    type: "conversation.item.create",
    item: {
      type: "mcp_approval_response",
      approval_request_id: requestId,
      approve: approved,
      ...(reason === undefined ? {} : { reason }),
    },
  };
}

/**
 * Asks, and gives the command that answers; never rejects. Whoever fails to decide has not allowed it, and `failed` is
 * told what was thrown.
 */
export async function approvalOf(
  approver: McpApprover,
  request: McpApprovalRequest,
  signal: AbortSignal,
  failed: (error: RealtimeError) => void,
): Promise<ClientEvent> {
  try {
    return approvalCommand(request.requestId, await approver(request, { signal }));
  } catch (cause) {
    const reason = `Nobody could decide: ${messageOf(cause)}`;
    if (!signal.aborted) failed(new RealtimeError("tool_failed", reason, { cause }));
    return approvalCommand(request.requestId, { approved: false, reason });
  }
}
