import { fileURLToPath } from "node:url";
import { canonicalJson, conversation } from "@duologue/conversation";
import { readRecording, replaySession } from "@duologue/core";
import { type Listening, listen } from "@duologue/emulator/node";
import { openaiRealtime } from "@duologue/protocol";
import { transportConformance } from "@duologue/testing";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { HeldConversation } from "./held-conversation.ts";
import { type Driver, type PeerServer, peerServer } from "./peer-server.ts";
import { type Runtime, runtimes } from "./runtimes.ts";
import { awaited, patienceMs } from "./waiting.ts";

// The WebSocket transport, a session and a conversation where they are meant to run: the packages as a bundler makes
// one file of them, in real browsers and other runtimes. What they talk to runs here.

const storyMs = 20_000;

const emulatorOptions = {
  keys: ["ek_of_this_test"],
  pace: Number.POSITIVE_INFINITY,
  firstOutputMs: 0,
  audioLagMs: 0,
  scenario: {
    turns: [
      { tools: [{ name: "get_weather", arguments: { city: "Lisbon" } }] },
      { say: "It is clear in Lisbon.", speech: new Int16Array(24 * 50) },
      { say: "Once upon a time.", speech: new Int16Array(24 * storyMs) },
    ],
  },
};

/** The driver with all that it needs, as one script without a module of Node in it. */
async function bundle(peers: PeerServer, emulator: Listening): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL("./driver.ts", import.meta.url))],
    bundle: true,
    write: false,
    format: "esm",
    platform: "browser",
    target: "es2024",
    define: {
      CONTROL_URL: JSON.stringify(peers.controlUrl),
      PEERS_URL: JSON.stringify(peers.peersUrl),
      EMULATOR_URL: JSON.stringify(`${emulator.url}?model=gpt-realtime`),
    },
  });
  return outputFiles[0]?.text ?? "";
}

for (const [name, runtime] of Object.entries(runtimes)) {
  if (typeof runtime === "string") console.info(`Not tested in ${name}: ${runtime}.`);
  else if (runtime.beyondIt !== undefined) {
    const { cases, reason } = runtime.beyondIt;
    console.info(`Not tested in ${name}: ${cases.join(", ")}: ${reason}.`);
  }
}
const present = Object.entries(runtimes).flatMap(([name, runtime]) =>
  typeof runtime === "string" ? [] : [[name, runtime] as const],
);

describe.each(present)("in %s", { timeout: 2 * patienceMs }, (name, runtime: Runtime) => {
  let peers: PeerServer;
  let emulator: Listening;
  let driver: Driver;
  let stop = async () => {};
  let failure: Error | undefined;

  beforeAll(async () => {
    [peers, emulator] = await Promise.all([peerServer(), listen(emulatorOptions)]);
    peers.script = await bundle(peers, emulator);
    const failed = Promise.withResolvers<never>();
    failed.promise.catch(() => {});
    stop = await runtime.start(peers.origin, peers.script, (error) => {
      failure ??= error;
      failed.reject(error);
    });
    const reported = Promise.race([peers.driver, failed.promise]);
    driver = await awaited(`${name} to run the driver and report`, reported);
  }, 180_000);

  afterAll(async () => {
    await stop();
    await Promise.all([peers?.stop(), emulator?.close()]);
  });

  it("runs there and nowhere else", () => {
    expect(driver.userAgent).toMatch(runtime.userAgent);
  });

  describe("webSocket conforms", () => {
    for (const { id, rule, needs } of transportConformance) {
      const isBeyond = runtime.beyondIt?.cases.includes(id) ?? false;
      // What needs the sources is tested where they are.
      if (needs !== "sources") it.skipIf(isBeyond)(`${id}: ${rule}`, async () => void (await driver.run(id)));
    }
  });

  it("holds a conversation: a function, an answer, an answer that is cut", async () => {
    // Made by the driver, in this form.
    const held = (await driver.run("conversation")) as HeldConversation;
    expect(held.problems).toEqual([]);
    expect(held.items).toEqual([
      "user: What is the weather in Lisbon?",
      "function_call",
      "function_call_output",
      "assistant: It is clear in Lisbon.",
      "user: Tell me a story.",
      "assistant: Once upon a time.",
    ]);
    expect(held.cutAtMs).toBeGreaterThanOrEqual(200);
    expect(held.cutAtMs).toBeLessThan(storyMs);

    // What was recorded there comes to the same state here.
    const recording = readRecording(held.recording);
    expect(recording.problems).toEqual([]);
    const { session, run } = replaySession({ recording, protocol: openaiRealtime });
    const talk = conversation(session, { live: false });
    await run();
    expect(canonicalJson(talk.state)).toBe(held.state);
    await session.close();
  });

  it("lets a lasting key out only where nobody else can read it", async () => {
    const isBrowser = runtime.userAgent.test("Mozilla/");
    const outcome = await driver.run("lasting key");
    if (isBrowser) expect(outcome).toMatch(/dangerouslyAllowStandardKeyInBrowser/);
    else expect(outcome).toBe("sent");
  });

  it("has thrown nothing that nobody caught", () => {
    expect(failure).toBeUndefined();
  });
});
