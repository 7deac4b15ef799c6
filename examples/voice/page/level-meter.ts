/** Measures how loud a stream is. */
export interface LevelMeter {
  /** From now on this stream, or none. To be called at all news of it: the browser may let it be measured only then. */
  listen(stream: MediaStream | undefined): void;
  /** The root of the mean square of its latest samples, 0 to 1. */
  level(): number;
}

export function levelMeter(context: AudioContext): LevelMeter {
  const analyser = context.createAnalyser();
  const samples = new Float32Array(analyser.fftSize);
  let source: MediaStreamAudioSourceNode | undefined;
  let heard: MediaStream | undefined;
  return {
    listen(stream) {
      // A context that was held back for want of a gesture, or that the system has stopped, does not start by itself.
      if (stream !== undefined && context.state !== "running") context.resume().catch(() => {});
      if (stream === heard) return;
      heard = stream;
      source?.disconnect();
      source = stream === undefined ? undefined : context.createMediaStreamSource(stream);
      source?.connect(analyser);
    },
    level() {
      if (source === undefined) return 0;
      analyser.getFloatTimeDomainData(samples);
      return Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);
    },
  };
}
