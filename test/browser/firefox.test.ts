import { type Listening, listen } from "@duologue/emulator/node";
import { transportConformance } from "@duologue/testing";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { endlessSpeech } from "./audio/endless-speech.ts";
import type { AudioPage } from "./audio/page.ts";
import { type PageServer, pageScript, pageServer } from "./audio/page-server.ts";
import { inFirefox, missingFirefox } from "./firefox/in-firefox.ts";
import { type CallScene, callScene, newest, type Run, runIn } from "./webrtc/call-scene.ts";
import { callsWithATone } from "./webrtc/calls-with-a-tone.ts";

// What a talk consists of, in the Firefox that is installed, over both transports. Its microphone is a tone, which is muted
// where a person would be silent.

if (missingFirefox !== undefined) console.info(`Not tested in Firefox: ${missingFirefox}.`);

describe.skipIf(missingFirefox !== undefined)("Firefox", { timeout: 120_000 }, () => {
  const tabs = inFirefox();

  describe("over WebRTC", () => {
    let scene: CallScene;
    beforeAll(async () => {
      scene = await callScene();
    });
    afterAll(() => scene?.close());

    describe("conforms", () => {
      let run: Run;
      beforeAll(async () => {
        run = runIn(await tabs.open(scene.origin));
      });
      afterAll(tabs.close);

      for (const { id, rule, needs } of transportConformance) {
        // What needs the sources is tested where they are.
        if (needs !== "sources") it(`${id}: ${rule}`, () => run("conformance", id));
      }
    });

    describe("in a call", () => {
      afterEach(tabs.close);

      callsWithATone({
        scene: () => scene,
        open: async () => {
          const tab = await tabs.open(scene.origin);
          return { run: runIn(tab), call: () => newest(scene.medium), close: () => tab.close() };
        },
        tellsLevel: false,
      });
    });
  });

  describe("over a WebSocket, with worklets", () => {
    let server: PageServer;
    let emulator: Listening;

    beforeAll(async () => {
      emulator = await listen({
        scenario: {
          turns: [
            { say: "It is sunny.", speech: endlessSpeech(30) },
            { say: "Tomorrow, too.", speech: endlessSpeech(1) },
          ],
        },
      });
      server = await pageServer(await pageScript("./page.ts"));
    });
    afterAll(() => Promise.all([server?.stop(), emulator?.close()]));
    afterEach(tabs.close);

    /** Calls a function of the page. */
    async function call<K extends keyof AudioPage>(
      name: K,
      ...args: Parameters<AudioPage[K]>
    ): Promise<Awaited<ReturnType<AudioPage[K]>>> {
      const tab = await tabs.open(server.origin);
      // What stands in `audio` there is what AudioPage says.
      return tab.evaluate(`audio.${name}(...${JSON.stringify(args)})`) as never;
    }

    it("is heard, is answered, and is cut where the graph stopped, when the user speaks into it", async () => {
      const talked = await call("talks", `${emulator.url}?model=gpt-realtime`);
      expect(talked.problems).toEqual([]);
      expect(talked.interruptions.map(({ by }) => by)).toEqual(["user"]);
      const cutMs = talked.interruptions[0]?.truncatedAtMs ?? Number.NaN;
      console.info(
        `cut at ${cutMs} ms, the graph played ${talked.graphMs.toFixed(2)} ms; ` +
          `silent ${talked.silentAfterMs.toFixed(1)} ms after speech_started`,
      );
      // A page of Firefox is told the time of the audio thread in steps, and late where it is busy.
      expect(Math.abs(cutMs - talked.graphMs)).toBeLessThanOrEqual(50 + talked.cutTookMs);
      expect(talked.wrong).toBe(0);
      expect(talked.silentAfterMs).toBeLessThanOrEqual(300);
      expect(talked.secondHeardMs).toBeCloseTo(1_000, 3);
      expect(talked.items.map((item) => item.split(":")[0])).toEqual([
        "user",
        "assistant",
        "user",
        "assistant",
      ]);
    });

    it("plays parts without a gap, sample by sample, and says when they are over", async () => {
      const { wrong, reports } = await call("playsToItsEnd");
      expect(wrong).toBe(0);
      const finished = reports.filter(({ type }) => type === "finished");
      expect(finished.map(({ itemId }) => itemId)).toEqual(["item_0", "item_1"]);
    });

    it("is silent while the microphone is muted", async () => {
      const { silence, before, after, framesWhileMuted } = await call("mutes", {});
      expect(silence).toBe(0);
      expect(framesWhileMuted).toBeGreaterThan(20);
      expect(Math.min(before, after)).toBeGreaterThan(0.02);
    });
  });
});
