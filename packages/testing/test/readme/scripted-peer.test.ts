import { realtimeSession } from "@duologue/core";
import { openaiRealtime } from "@duologue/protocol";
import { scriptedPeer } from "@duologue/testing";
import { it } from "vitest";

it("deletes what it is told to forget", async () => {
  const peer = scriptedPeer({ greeting: [{ type: "session.created", event_id: "event_1", session: {} }] });
  peer
    .expect("conversation.item.delete", ({ item_id }) => item_id === "item_7")
    .reply({ type: "conversation.item.deleted", event_id: "event_2", item_id: "item_7" });

  const session = realtimeSession({ transport: peer.transport, protocol: openaiRealtime });
  await session.open();
  await session.request({ type: "conversation.item.delete", item_id: "item_7" });
  await session.close();
  peer.verify();
});
