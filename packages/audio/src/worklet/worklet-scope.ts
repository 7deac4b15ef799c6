/**
 * The global scope of an audio thread, which the library of a page's types does not know (Web Audio API 1.1, interface
 * AudioWorkletGlobalScope).
 */
export interface WorkletScope {
  /**
   * The frame of the context's time at which the block under way begins. In Chromium it is that of an earlier block
   * where the page was changing its graph just then.
   */
  readonly currentFrame: number;
  /** The context's sample rate, in Hz. */
  readonly sampleRate: number;
  readonly AudioWorkletProcessor: new () => { readonly port: MessagePort };
  registerProcessor(name: string, processor: ProcessorConstructor): void;
}

/** What a page hands to a processor, as untyped as any message. */
export interface ProcessorOptions {
  readonly processorOptions: unknown;
}

/** What the parameters are in one block: each a value, or one for each frame. */
export type ParameterValues = Readonly<Record<string, Float32Array>>;

/** The class of one node's work on the audio thread. */
export type ProcessorConstructor = new (
  options: ProcessorOptions,
) => {
  /** Takes a block of every input and fills one of every output; `false` lets the node go. */
  process(inputs: Float32Array[][], outputs: Float32Array[][], parameters: ParameterValues): boolean;
};
