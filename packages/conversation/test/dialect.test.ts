import { realtimeSession } from "@duologue/core";
import { openaiRealtime } from "@duologue/protocol";
import { dialect, xai } from "@duologue/protocol/dialects";
import { scriptedPeer } from "@duologue/testing";
import { filter, firstValueFrom, scan } from "rxjs";
import { expect, it } from "vitest";
import { conversation, initialState, reduce, textOf } from "../src/index.ts";

it("follows a session of a dialect, whose own events are the program's affair", async () => {
  const item = { id: "u1", type: "message", role: "user", content: [{ type: "input_audio" }] };
  const updated = "conversation.item.input_audio_transcription.updated";
  const peer = scriptedPeer({ greeting: [{ type: "session.created", event_id: "event_1", session: {} }] });
  peer
    .expect("conversation.item.commit")
    .reply(
      { type: "input_audio_buffer.committed", event_id: "event_2", item_id: "u1", previous_item_id: null },
      { type: "ping", event_id: "event_3", timestamp: 1 },
      { type: "conversation.item.added", event_id: "event_4", previous_item_id: null, item },
      { type: updated, event_id: "event_5", item_id: "u1", content_index: 0, transcript: "Good day" },
    );
  const session = realtimeSession({ protocol: dialect(openaiRealtime, xai), transport: peer.transport });
  const talk = conversation(session);
  let folded = initialState;
  session.log$.pipe(scan(reduce, initialState)).subscribe((state) => {
    folded = state;
  });
  const ping = firstValueFrom(talk.steps$.pipe(filter(({ entry }) => entry.event.type === "ping")));
  const said = talk.waitForItem((wanted) => wanted.type === "message" && textOf(wanted) !== "");
  await session.open();
  session.send({ type: "conversation.item.commit" });
  const { before, after } = await ping;
  expect(after).toBe(before);
  expect(await said).toMatchObject({ id: "u1", content: [{ transcript: "Good day" }] });
  expect(folded).toEqual(talk.state);
  await session.close();
  peer.verify();
});
