import { pacedPlayer } from "@duologue/audio";
import { conversation, messagesOf, type Player, tool } from "@duologue/conversation";
import {
  type Clock,
  memorySink,
  readRecording,
  realtimeSession,
  recordLog,
  type Transport,
} from "@duologue/core";
import { emulator } from "@duologue/emulator";
import { openaiRealtime } from "@duologue/protocol";
import { assertReplays, virtualClock } from "@duologue/testing";
import { expect, it } from "vitest";

/** The agent under test: transport, clock and player are handed in. */
function agent(transport: Transport, clock: Clock, player: Player) {
  const refund = tool({
    name: "refund",
    description: "Refunds an order.",
    parameters: { type: "object", properties: { order: { type: "string" } }, required: ["order"] },
    run: ({ order }) => `Order ${order} is refunded.`,
  });
  const session = realtimeSession({ transport, protocol: openaiRealtime, clock });
  return { session, talk: conversation(session, { tools: [refund], player, clock }) };
}

/** A customer who hears the first answer out, and cuts the second one short. */
async function call(transport: Transport, clock: Clock) {
  const player = pacedPlayer({ sampleRateHz: 24_000, clock });
  const { session, talk } = agent(transport, clock, player);
  const sink = memorySink();
  const written = recordLog(session.log$, sink, { protocol: session.protocol.name });
  await session.open();
  await talk.say("I want my money back for order 42.");
  await talk.whenQuiet(); // the tool has run, and the answer was heard to its end
  await talk.say("What about your terms?");
  await new Promise<void>((later) => clock.after(1_500, later));
  talk.interrupt();
  await talk.whenQuiet();
  await session.close();
  await written.finished;
  return { heard: messagesOf(talk.state.items).map(({ heardText }) => heardText), text: sink.text };
}

const scenario = {
  turns: [
    { tools: [{ name: "refund", arguments: { order: "42" } }] },
    { say: "Your money is on its way." },
    { say: "Our terms are long, and I am going to read all of them to you, from the first to the last." },
  ],
};

it("refunds an order, is interrupted, and does all of it again", async () => {
  const clock = virtualClock();
  const transport = emulator({ scenario, clock }).transport();
  const [{ heard, text }] = await Promise.all([call(transport, clock), clock.runAll()]);
  expect(heard).toEqual([undefined, "Your money is on its way.", undefined, "Our terms are"]);
  expect(clock.pending).toBe(0);

  const again = virtualClock();
  const program = async (recorded: Transport) => {
    expect((await call(recorded, again)).heard).toEqual(heard);
  };
  const recording = readRecording(text);
  await Promise.all([
    assertReplays({ recording, protocol: openaiRealtime, program, pace: again }),
    again.runAll(),
  ]);
});
