import type { Draft } from "./draft.ts";
import { endMcpCall } from "./mcp-call.ts";
import { closeItem } from "./response-output.ts";
import type { ItemEnd, RunningResponse } from "./running-response.ts";

/** Ends the open item of a response, whatever it is; without effect where none is open. */
export function endItem(draft: Draft, response: RunningResponse, end: ItemEnd): void {
  const { open } = response;
  if (open === undefined) return;
  const { item } = open;
  if (item.type === "mcp_call") endMcpCall(draft, response, { ...open, item }, end);
  else closeItem(draft, response, open, end);
}
