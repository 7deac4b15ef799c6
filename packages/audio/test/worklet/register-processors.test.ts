import { describe, expect, it } from "vitest";
import type { FromCapture, FromPlayback, ToCapture, ToPlayback } from "../../src/worklet/messages.ts";
import { captureProcessor, flushesParameter, playbackProcessor } from "../../src/worklet/messages.ts";
import { registerProcessors } from "../../src/worklet/register-processors.ts";
import type { ProcessorConstructor } from "../../src/worklet/worklet-scope.ts";

interface Port {
  postMessage(message: unknown): void;
  onmessage?: (event: { data: unknown }) => void;
}

/** An audio thread without the audio: its scope, what is registered there, and what the processors have posted. */
function audioThread(sampleRate: number) {
  const registered = new Map<string, ProcessorConstructor>();
  const posted: unknown[] = [];
  const ports: Port[] = [];
  registerProcessors(
    // All that is used of such a scope.
    {
      currentFrame: 0,
      sampleRate,
      AudioWorkletProcessor: class {
        readonly port: MessagePort;

        constructor() {
          const port: Port = { postMessage: (message) => void posted.push(message) };
          ports.push(port);
          // What a processor uses of its port.
          this.port = port as unknown as MessagePort;
        }
      },
      registerProcessor(name, processor) {
        if (registered.has(name)) throw new Error("there is one of that name");
        registered.set(name, processor);
      },
    },
  );
  const made = (name: string, processorOptions: object) => {
    const Processor = registered.get(name);
    if (Processor === undefined) throw new Error(`there is no ${name}`);
    return new Processor({ processorOptions });
  };
  const tell = (data: ToCapture | ToPlayback) => ports.at(-1)?.onmessage?.({ data });
  return { registered, posted, made, tell };
}

describe("the processors", () => {
  it("are two, and registering them again is harmless", () => {
    const { registered } = audioThread(48000);
    expect([...registered.keys()]).toEqual([captureProcessor, playbackProcessor]);
    registerProcessors({
      currentFrame: 0,
      sampleRate: 48000,
      AudioWorkletProcessor: class {
        readonly port = {} as MessagePort;
      },
      registerProcessor() {
        throw new Error("there is one of that name");
      },
    });
  });

  it("capture frames of the page's rate from blocks of the context's, and end", () => {
    const { made, posted, tell } = audioThread(48000);
    const capture = made(captureProcessor, { sampleRateHz: 24000, frameSamples: 480, muted: false });
    const block = () => capture.process([[new Float32Array(128).fill(0.5)]], [[new Float32Array(128)]], {});
    for (let blocks = 0; blocks < 17; blocks++) expect(block()).toBe(true);
    const frames = posted as FromCapture[]; // what a capturing processor posts
    expect(frames.map(({ samples }) => samples.length)).toEqual([480, 480]);
    expect(frames[1]?.samples[0]).toBe(16384);
    tell({ type: "close" });
    expect(block()).toBe(false);
  });

  it("play what they are told, flush by a parameter, and end", () => {
    const { made, posted, tell } = audioThread(48000);
    const output = made(playbackProcessor, { reportEveryMs: 20 });
    const rendered = (flushes: number) => {
      const block = new Float32Array(128);
      const goesOn = output.process([], [[block]], { [flushesParameter]: Float32Array.of(flushes) });
      return { goesOn, first: block[0], last: block[127] };
    };
    const key = { itemId: "a", contentIndex: 0 };
    tell({ type: "enqueue", flushes: 0, key, samples: new Int16Array(1000).fill(16384) });
    expect(rendered(0)).toEqual({ goesOn: true, first: 0.5, last: 0.5 });
    expect(rendered(1)).toMatchObject({ goesOn: true, last: 0 });
    expect(rendered(1)).toEqual({ goesOn: true, first: 0, last: 0 });
    const positions = posted as FromPlayback[]; // what a playing processor posts
    expect(positions.map(({ flushes, playing }) => [flushes, playing])).toEqual([
      [0, true],
      [1, false],
    ]);
    tell({ type: "close" });
    expect(rendered(1)).toMatchObject({ goesOn: false });
  });
});
