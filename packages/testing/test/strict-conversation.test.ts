import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { readWav } from "@duologue/audio";
import { memorySink, type Recording, readRecording, recordingWriter, type Transport } from "@duologue/core";
import { emulator } from "@duologue/emulator";
import { loadScenario } from "@duologue/emulator/node";
import { openaiRealtime } from "@duologue/protocol";
import { beforeAll, describe, expect, it } from "vitest";
import { type DemoOptions, runDemo } from "../../../examples/demo/run-demo.ts";
import { assertReplays, type VirtualClock, virtualClock } from "../src/index.ts";

const examples = new URL("../../../examples/", import.meta.url);
const speech = (name: string) => readWav(readFileSync(new URL(`speech/${name}`, examples))).samples;
const clips = { question: speech("ask-weather.wav"), bargeIn: speech("barge-in.wav"), bargeInAfterMs: 2600 };

/** What comes of it while virtual time goes by. */
async function during<T>(clock: VirtualClock, outcome: Promise<T>): Promise<T> {
  let waiting = true;
  const over = () => {
    waiting = false;
  };
  outcome.then(over, over);
  while (waiting) {
    await new Promise((resolve) => setImmediate(resolve));
    await clock.advance(10);
  }
  return outcome;
}

let recording: Recording;
beforeAll(async () => {
  const clock = virtualClock();
  const scenario = await loadScenario(fileURLToPath(new URL("demo/scenario.json", examples)));
  const transport = emulator({ clock, scenario }).transport();
  const { lines } = await during(clock, runDemo({ transport, clock, ...clips }));
  recording = readRecording(lines.join("\n"));
});

/** Holds the demo's conversation with the recorded server, at the recorded times. */
function again(changes: Partial<DemoOptions> = {}, from = recording): Promise<void> {
  const clock = virtualClock();
  const program = async (transport: Transport) => {
    await runDemo({ transport, clock, ...clips, ...changes });
  };
  return during(
    clock,
    assertReplays({ recording: from, protocol: openaiRealtime, program, pace: clock, patienceMs: 60_000 }),
  );
}

describe("a spoken conversation with a tool and a barge-in", () => {
  it("replays strictly, to the byte of the microphone and the millisecond of the cut", async () => {
    expect(recording.entries.length).toBeGreaterThan(1000);
    await again();
  });

  it("does so without its sound, too: lengths are enough to cut at the same millisecond", async () => {
    const sink = memorySink();
    const writer = recordingWriter(sink, { protocol: openaiRealtime.name, redact: { audio: true } });
    for (const entry of recording.entries) writer.write(entry);
    await again({}, readRecording(sink.text));
  });

  it("does not when the user barges in at another moment", async () => {
    await expect(again({ bargeInAfterMs: 2000 })).rejects.toMatchObject({
      difference: { kind: "different", sent: { type: "input_audio_buffer.append" } },
    });
  });
});
