import type { Draft } from "./draft.ts";
import { finishCall } from "./mcp-call.ts";
import { endListing } from "./mcp-listing.ts";
import type { McpState } from "./mcp-state.ts";

/** When the next listing or call ends; `undefined` where none is under way. */
export function mcpDueMs({ servers, calls }: McpState): number | undefined {
  let next: number | undefined;
  for (const { status, dueMs } of servers) {
    if (status === "listing" && (next === undefined || dueMs < next)) next = dueMs;
  }
  for (const { run } of calls) {
    if (run !== undefined && (next === undefined || run.dueMs < next)) next = run.dueMs;
  }
  return next;
}

/** Ends the listing or the call that is due; at the same moment the listings come first. */
export function runMcp(draft: Draft): void {
  const { servers, calls } = draft.state.mcp;
  const listing = servers.find(({ status, dueMs }) => status === "listing" && dueMs <= draft.atMs);
  const call = calls.find(({ run }) => run !== undefined && run.dueMs <= draft.atMs);
  if (listing !== undefined) endListing(draft, listing);
  else if (call !== undefined) finishCall(draft, call);
}
