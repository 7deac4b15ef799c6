import { realtimeSession } from "@duologue/core";
import { openaiRealtime } from "@duologue/protocol";
import { faulty, legalOvertaking, scriptedPeer, virtualClock } from "@duologue/testing";
import { expect, it } from "vitest";

it("finds out that a link is half open when an answer does not come", async () => {
  const clock = virtualClock();
  const peer = scriptedPeer({ greeting: [{ type: "session.created", event_id: "event_1", session: {} }] });
  const network = faulty(peer.transport, {
    seed: 42,
    clock,
    sending: { delayMs: 30 },
    receiving: { delayMs: 30, jitterMs: 20, chances: { hold: 0.1 }, mayOvertake: legalOvertaking },
  });
  const session = realtimeSession({ transport: network, protocol: openaiRealtime, clock });
  const opening = session.open();
  await clock.advance(100);
  await opening;
  network.halfOpen();
  const answer = expect(session.request({ type: "input_audio_buffer.clear" })).rejects.toMatchObject({
    code: "timeout",
  });
  await clock.advance(10_000);
  await answer;
  expect(network.counts).toMatchObject({ "half-open": 1, vanish: 1 });
  expect(network.log.at(-1)).toMatchObject({ direction: "sending", fault: "vanish" });
});
