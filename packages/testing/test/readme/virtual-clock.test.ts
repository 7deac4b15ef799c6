import { type RealtimeError, realtimeSession } from "@duologue/core";
import { openaiRealtime } from "@duologue/protocol";
import { scriptedPeer, virtualClock } from "@duologue/testing";
import { expect, it } from "vitest";

it("waits 15 seconds for a greeting, and no longer", async () => {
  const clock = virtualClock();
  const session = realtimeSession({ transport: scriptedPeer().transport, protocol: openaiRealtime, clock });
  let failure: RealtimeError | undefined;
  const opening = session.open().catch((error: RealtimeError) => {
    failure = error;
  });
  await clock.advance(14_999);
  expect(failure).toBeUndefined();
  await clock.advance(1);
  await opening;
  expect(failure?.code).toBe("timeout");
  expect(clock.pending).toBe(0);
});
