import { fadeOut } from "../gain.ts";
import { pcm16ToFloat32 } from "../pcm16.ts";
import { playbackQueue } from "../playback-queue.ts";
import { type FromPlayback, fadeSamples, type PlaybackSettings, type ToPlayback } from "./messages.ts";

/** What playing needs to be told. */
export interface PlaybackOptions extends PlaybackSettings {
  /** The context's rate, in Hz, which is that of the samples. */
  readonly sampleRateHz: number;
  post(position: FromPlayback): void;
}

/** Plays parts into blocks and tells where it stands. */
export interface Playback {
  tell(message: ToPlayback): void;
  /**
   * Plays into the block that begins at `frame`, or later, and comes as silence, now that the page has flushed so many times.
   * Returns `false` when it was closed.
   */
  render(block: Float32Array, frame: number, flushes: number): boolean;
}

/** Plays without any clock: time is the frames of the context. */
export function playback({ sampleRateHz, reportEveryMs, post }: PlaybackOptions): Playback {
  const queue = playbackQueue({ sampleRateHz });
  const reportFrames = (sampleRateHz * reportEveryMs) / 1000;
  /** The end of what was flushed, still to be played. */
  let tail = new Int16Array(0);
  let flushes = 0;
  let played = 0;
  let playing = false;
  let isClosed = false;
  let postedFrame = 0;
  /** Where the next block begins at the earliest. */
  let nextFrame = 0;
  let squares = 0;
  let squared = 0;

  const say = (frame: number): void => {
    post({ flushes, frame, played, playing, level: squared === 0 ? 0 : Math.sqrt(squares / squared) });
    postedFrame = frame;
    squares = squared = 0;
    // The page keeps the account of each part; that of the queue only has to be emptied.
    queue.drainReports();
  };

  const stop = (frame: number): void => {
    playing = false;
    say(frame);
  };

  /** Plays what a flush has left, then the queue. Returns the number of true samples. */
  const fill = (samples: Int16Array): number => {
    const rest = tail.subarray(0, samples.length);
    samples.set(rest);
    tail = tail.slice(rest.length);
    return rest.length + queue.fill(samples.subarray(rest.length));
  };

  /** Drops all but what has to fade out. What has not begun to play by now never does. */
  const flush = (): void => {
    if (playing && tail.length === 0) {
      const cut = queue.pull(Math.min(fadeSamples, queue.playableSamples));
      tail = fadeOut(cut, cut.length);
    }
    queue.flush();
    played = -tail.length;
  };
  const catchUp = (wanted: number): void => {
    if (wanted <= flushes) return;
    flushes = wanted;
    flush();
  };

  return {
    tell(message) {
      if (message.type === "close") {
        isClosed = true;
        return;
      }
      if (message.flushes < flushes) return;
      catchUp(message.flushes);
      if (message.type === "end") queue.end(message.key);
      else queue.enqueue(message.key, message.samples);
    },
    render(block, frameAsTold, wanted) {
      if (isClosed) return false;
      catchUp(wanted);
      // Blocks follow each other, so one that seems to be earlier is told late.
      const frame = Math.max(frameAsTold, nextFrame);
      if (playing && frame > nextFrame) stop(nextFrame);
      nextFrame = frame + block.length;
      // A block comes as silence, so there is nothing to do for silence.
      if (!playing && tail.length === 0 && queue.playableSamples === 0) return true;
      const samples = new Int16Array(block.length);
      const count = fill(samples);
      if (!playing) {
        playing = true;
        say(frame);
      }
      block.set(pcm16ToFloat32(samples));
      played += count;
      squared += count;
      for (const sample of block) squares += sample * sample;
      if (count < block.length) stop(frame + count);
      else if (nextFrame - postedFrame >= reportFrames) say(nextFrame);
      return true;
    },
  };
}
