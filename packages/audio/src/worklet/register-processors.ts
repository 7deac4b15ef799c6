import { capture } from "./capture.ts";
import {
  type CaptureSettings,
  captureProcessor,
  type FromCapture,
  type FromPlayback,
  flushesParameter,
  type PlaybackSettings,
  playbackProcessor,
  type ToCapture,
  type ToPlayback,
} from "./messages.ts";
import { playback } from "./playback.ts";
import type {
  ParameterValues,
  ProcessorConstructor,
  ProcessorOptions,
  WorkletScope,
} from "./worklet-scope.ts";

/** Makes the two processors known on an audio thread. Calling it again is harmless. */
export function registerProcessors(scope: WorkletScope): void {
  register(
    scope,
    captureProcessor,
    class extends scope.AudioWorkletProcessor {
      readonly #capture;

      constructor({ processorOptions }: ProcessorOptions) {
        super();
        this.#capture = capture({
          // Written by the page, in this form.
          ...(processorOptions as CaptureSettings),
          inputRateHz: scope.sampleRate,
          emit: (frame: FromCapture) => this.port.postMessage(frame, [frame.samples.buffer]),
        });
        this.port.onmessage = ({ data }: MessageEvent<ToCapture>) => this.#capture.tell(data);
      }

      process([input]: Float32Array[][], [output]: Float32Array[][]): boolean {
        return this.#capture.take(input?.[0], output?.[0]?.length ?? 0);
      }
    },
  );
  register(
    scope,
    playbackProcessor,
    class extends scope.AudioWorkletProcessor {
      static readonly parameterDescriptors = [
        { name: flushesParameter, minValue: 0, defaultValue: 0, automationRate: "k-rate" },
      ];
      readonly #playback;

      constructor({ processorOptions }: ProcessorOptions) {
        super();
        this.#playback = playback({
          // Written by the page, in this form.
          ...(processorOptions as PlaybackSettings),
          sampleRateHz: scope.sampleRate,
          post: (position: FromPlayback) => this.port.postMessage(position),
        });
        this.port.onmessage = ({ data }: MessageEvent<ToPlayback>) => this.#playback.tell(data);
      }

      process(_inputs: Float32Array[][], [output]: Float32Array[][], parameters: ParameterValues): boolean {
        const block = output?.[0];
        const [flushes = 0] = parameters[flushesParameter] ?? [];
        return block === undefined || this.#playback.render(block, scope.currentFrame, flushes);
      }
    },
  );
}

function register(scope: WorkletScope, name: string, processor: ProcessorConstructor): void {
  try {
    scope.registerProcessor(name, processor);
  } catch {
    // Two microphones or speakers in one context load the module twice. Equal names stand for equal processors.
  }
}
