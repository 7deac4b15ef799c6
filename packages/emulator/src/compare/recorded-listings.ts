import type { UnknownEvent } from "@duologue/protocol";
import { isObject } from "../wire/shape.ts";
import type { MatchedIds } from "./matched-ids.ts";
import type { RecordedFrame } from "./recorded-session.ts";

/**
 * Finds for the listings of MCP servers the recorded ones: they run beside all else, and only their items tell whose they
 * are.
 */
export interface RecordedListings {
  /** Takes an emulated event; the item of a listing corresponds to that of the same server's next recorded one. */
  meet(event: UnknownEvent, ids: MatchedIds): void;
}

/** The listings of a recording, none of which has been met. */
export function recordedListings(frames: readonly RecordedFrame[]): RecordedListings {
  const unmet = new Map<unknown, { readonly id: unknown }[]>();
  for (const { event } of frames) {
    const item = listingIn(event);
    if (item !== undefined) unmet.set(item.server_label, [...(unmet.get(item.server_label) ?? []), item]);
  }
  return {
    meet(event, ids) {
      const item = listingIn(event);
      const recorded = unmet.get(item?.server_label)?.shift();
      if (item !== undefined && recorded !== undefined) ids.learn({ id: recorded.id }, { id: item.id });
    },
  };
}

function listingIn(event: UnknownEvent | undefined) {
  if (event?.type !== "conversation.item.added" || !isObject(event.item)) return undefined;
  const { type, id, server_label } = event.item;
  return type === "mcp_list_tools" ? { id, server_label } : undefined;
}
