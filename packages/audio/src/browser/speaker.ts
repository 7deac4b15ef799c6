import type { PlaybackKey, PlaybackReport } from "../playback-account.ts";
import { type WireAudio, wireDecoder } from "../wire-decoder.ts";
import {
  type FromPlayback,
  flushesParameter,
  type PlaybackSettings,
  playbackProcessor,
  type ToPlayback,
} from "../worklet/messages.ts";
import { latencySeconds, setOutputDevice } from "./audio-output.ts";
import { listening } from "./listening.ts";
import { playhead } from "./playhead.ts";
import { type SoundContextOptions, soundContext } from "./sound-context.ts";
import { workletNode } from "./worklet-node.ts";

/** How a speaker is opened. */
export interface SpeakerOptions extends SoundContextOptions {
  /** See `Speaker.volume`; default 1. */
  readonly volume?: number;
  /** See `Speaker.setDevice`. The user's default unless given. */
  readonly deviceId?: string;
  /** How often it reports while it plays, in milliseconds; default 20. */
  readonly reportEveryMs?: number;
}

/** A loudspeaker. It is a `Player` of `@duologue/conversation`. */
export interface Speaker {
  /**
   * Decodes, converts to the context's rate, and plays after what is queued, without a gap. What comes for a part that
   * was ended or flushed is dropped. Throws a `SyntaxError` on what is no base64.
   */
  play(chunk: WireAudio): void;
  /** Says that no more of a part comes; once heard, it is reported as `finished`. Until then those behind it wait. */
  end(itemId: string, contentIndex: number): void;
  /**
   * Falls silent at once: within a block of the audio thread, 128 samples, that fades out. Before it returns it reports
   * every part that was not finished: as heard counts what was played until now. A device keeps a little of that back
   * (`latencyMs`), but nobody can take it from there, so the user hears it.
   */
  flush(): void;
  /**
   * Tells `listener` of every report; the returned function stops that. `progress` and `finished` count what has left
   * the loudspeaker: the latency of the device is subtracted.
   */
  onReport(listener: (report: PlaybackReport) => void): () => void;
  /** The factor of all samples: 0 is silence, 1 as they came. */
  readonly volume: number;
  /** Changes the volume, without a click. */
  setVolume(volume: number): void;
  /** How loud it is before the volume: the root mean square of what was played lately, 0 … 1. */
  readonly level: number;
  /**
   * Plays on another device, by `MediaDeviceInfo.deviceId`; the user's default without an id. Rejects with
   * `not_supported` where the browser leaves that to the system, and with `device_not_found` or `permission_denied`.
   */
  setDevice(deviceId?: string): Promise<void>;
  /** How long after it was played a sample leaves the loudspeaker, as the browser estimates it. */
  readonly latencyMs: number;
  /**
   * Whether the browser keeps it silent until the user touches the page, or the system has the device for a telephone
   * call. What is played meanwhile waits.
   */
  readonly blocked: boolean;
  /** Tells `listener` when `blocked` changes; the returned function stops that. */
  onBlocked(listener: (blocked: boolean) => void): () => void;
  /**
   * Starts to sound. To be called in the handler of a click, a tap or a key. Rejects with `blocked` where the browser
   * still refuses; it may start later on all the same.
   */
  unlock(): Promise<void>;
  /** What sounds, after the volume: connect it to whatever else shall have it, such as a recorder or a meter. */
  readonly output: AudioNode;
  readonly context: AudioContext;
  /** Flushes, with reports, and stays silent. */
  close(): Promise<void>;
}

/** How fast the volume changes, as the time constant of an exponential, in seconds. */
const volumeChange = 0.01;

/**
 * Opens a loudspeaker with a queue, played on the audio thread. Call it in the handler of a click; otherwise it is
 * likely to be `blocked`. Rejects with an `AudioDeviceError`, and then has let go of everything.
 */
export async function speaker(options: SpeakerOptions = {}): Promise<Speaker> {
  const { reportEveryMs = 20, deviceId } = options;
  const sound = await soundContext(options);
  const { context } = sound;
  const { sampleRate: sampleRateHz } = context;
  const output = context.createGain();
  let worklet: AudioWorkletNode;
  try {
    const processorOptions: PlaybackSettings = { reportEveryMs };
    worklet = workletNode(context, playbackProcessor, { numberOfInputs: 0, processorOptions });
    if (deviceId !== undefined) await setOutputDevice(context, deviceId);
  } catch (error) {
    await sound.close();
    throw error;
  }

  const listeners = new Set<(report: PlaybackReport) => void>();
  const decoder = wireDecoder({ sampleRateHz });
  /** The frame that is played next, and the one that leaves the loudspeaker now. */
  const nextFrame = (): number => Math.round(context.currentTime * sampleRateHz);
  const latencyFrames = (): number => Math.round(latencySeconds(context, navigator) * sampleRateHz);
  const flushes = worklet.parameters.get(flushesParameter);
  const head = playhead({ sampleRateHz, frame: nextFrame() });
  /** Reports on their way to the listeners. */
  let outbox: PlaybackReport[] = [];
  let volume = options.volume ?? 1;
  let level = 0;
  let isClosed = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const tell = (message: ToPlayback): void => {
    worklet.port.postMessage(message, message.type === "enqueue" ? [message.samples.buffer] : []);
  };

  /** Reports one by one: a listener that flushes in between takes the rest with it. */
  const emit = (): void => {
    for (let report = outbox.shift(); report !== undefined; report = outbox.shift()) {
      for (const listener of [...listeners]) listener(report);
    }
  };
  const reportHeard = (): void => {
    outbox.push(...head.heard(nextFrame() - latencyFrames()));
    emit();
  };

  /** The audio thread has no more to say after the last sample, and the loudspeaker is behind it. */
  const reportRest = (): void => {
    clearTimeout(timer);
    const frames = head.unreported(nextFrame());
    if (frames === 0 || sound.blocked) return;
    timer = setTimeout(
      () => {
        reportHeard();
        reportRest();
      },
      Math.max(reportEveryMs, (frames * 1000) / sampleRateHz),
    );
  };

  const enqueue = (key: PlaybackKey, samples: Int16Array<ArrayBuffer>): boolean => {
    const isTaken = !isClosed && head.enqueue(key, samples.length, nextFrame());
    // Without samples as well: the first word of a part gives it its place.
    if (isTaken) tell({ type: "enqueue", flushes: head.flushes, key, samples });
    return isTaken;
  };

  worklet.port.onmessage = ({ data: position }: MessageEvent<FromPlayback>) => {
    head.note(position);
    level = position.playing ? position.level : 0;
    reportHeard();
    if (!position.playing) reportRest();
  };
  sound.onBlocked(reportRest);
  output.gain.value = volume;
  worklet.connect(output).connect(context.destination);

  const flush = (): void => {
    // The audio thread first, and its time right after it: rendering does not wait for a page to count.
    if (flushes !== undefined) flushes.value = head.flushes + 1;
    const reports = head.flush(nextFrame());
    clearTimeout(timer);
    decoder.forget();
    outbox = [...outbox.filter(({ type }) => type !== "progress"), ...reports];
    emit();
  };

  return {
    context,
    output,
    play(chunk) {
      const { itemId, contentIndex } = chunk;
      if (!enqueue({ itemId, contentIndex }, decoder.decode(chunk))) decoder.forget(chunk);
    },
    end(itemId, contentIndex) {
      if (isClosed) return;
      const key = { itemId, contentIndex };
      const rest = decoder.end(key);
      if (rest.length > 0) enqueue(key, rest);
      head.end(key, nextFrame());
      tell({ type: "end", flushes: head.flushes, key });
      reportHeard();
    },
    flush,
    onReport: listening(listeners),
    get volume() {
      return volume;
    },
    setVolume(wanted) {
      volume = wanted;
      output.gain.setTargetAtTime(wanted, context.currentTime, volumeChange);
    },
    get level() {
      return level;
    },
    setDevice: (wanted = "") => setOutputDevice(context, wanted),
    get latencyMs() {
      return latencySeconds(context, navigator) * 1000;
    },
    get blocked() {
      return sound.blocked;
    },
    onBlocked: (listener) => sound.onBlocked(listener),
    unlock: () => sound.unlock(),
    async close() {
      if (isClosed) return;
      flush();
      isClosed = true;
      tell({ type: "close" });
      worklet.port.onmessage = null;
      output.disconnect();
      worklet.disconnect();
      await sound.close();
    },
  };
}
