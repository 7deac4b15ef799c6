/** Everything that came to a node of an audio graph, sample by sample. */
export interface GraphRecorder {
  /** The frame of the context's time at which it begins. */
  readonly firstFrame: number;
  /** All samples since then. */
  samples(): Float32Array<ArrayBuffer>;
  /** Resolves when it has all before this frame. */
  until(frame: number): Promise<void>;
  stop(): void;
}

const source = `
  registerProcessor("graph-recorder", class extends AudioWorkletProcessor {
    process([input]) {
      this.port.postMessage({ frame: currentFrame, samples: input[0]?.slice() ?? new Float32Array(128) });
      return true;
    }
  });
`;

/** Records what a node puts out, on the audio thread, where no time is lost. */
export async function graphRecorder(node: AudioNode): Promise<GraphRecorder> {
  const { context } = node;
  const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  try {
    await context.audioWorklet.addModule(url);
  } catch {
    // It was there already.
  }
  const worklet = new AudioWorkletNode(context, "graph-recorder", {
    channelCount: 1,
    channelCountMode: "explicit",
    outputChannelCount: [1],
  });
  const blocks: Float32Array[] = [];
  const waiting = new Set<{ readonly frame: number; readonly resolve: () => void }>();
  const begun = Promise.withResolvers<void>();
  let firstFrame = 0;
  let count = 0;
  worklet.port.onmessage = ({ data }: MessageEvent<{ frame: number; samples: Float32Array }>) => {
    // While a page changes its graph, Chromium does not tell the thread what time it is: blocks follow each other all
    // the same, under the time of an earlier one.
    firstFrame = Math.max(firstFrame, data.frame - count);
    blocks.push(data.samples);
    count += data.samples.length;
    if (blocks.length === 16) begun.resolve();
    for (const waiter of [...waiting]) {
      if (waiter.frame > firstFrame + count) continue;
      waiting.delete(waiter);
      waiter.resolve();
    }
  };
  node.connect(worklet).connect(context.destination);
  await begun.promise;
  return {
    get firstFrame() {
      return firstFrame;
    },
    samples() {
      const all = new Float32Array(count);
      let at = 0;
      for (const block of blocks) {
        all.set(block, at);
        at += block.length;
      }
      return all;
    },
    until(frame) {
      return new Promise((resolve) => {
        if (frame <= firstFrame + count) resolve();
        else waiting.add({ frame, resolve });
      });
    },
    stop: () => worklet.disconnect(),
  };
}
