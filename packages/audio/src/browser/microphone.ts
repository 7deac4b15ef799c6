import { peak, rms } from "../level.ts";
import { voiceActivity } from "../voice-activity.ts";
import {
  type CaptureSettings,
  captureProcessor,
  type FromCapture,
  type ToCapture,
} from "../worklet/messages.ts";
import { AudioDeviceError } from "./audio-device-error.ts";
import { listening } from "./listening.ts";
import { letGo, type MicrophoneSource, microphoneSource } from "./microphone-source.ts";
import { type SoundContextOptions, soundContext } from "./sound-context.ts";
import { workletNode } from "./worklet-node.ts";

/** How a microphone is opened. */
export interface MicrophoneOptions extends SoundContextOptions {
  /** Which one, by `MediaDeviceInfo.deviceId`. The user's default unless given. */
  readonly deviceId?: string;
  /**
   * More wishes for the device. They come on top of the defaults: echo cancellation, noise suppression and automatic
   * gain on, one channel.
   */
  readonly constraints?: MediaTrackConstraints;
  /** A stream of yours to hear instead of a device. Its tracks are neither stopped nor disabled. */
  readonly stream?: MediaStream;
  /** The rate of the frames, in Hz; default 24000, that of `audio/pcm`. */
  readonly sampleRateHz?: number;
  /** The length of a frame; default 20. Has to make a whole number of samples. */
  readonly frameMs?: number;
  /** Whether it begins muted; default false. */
  readonly muted?: boolean;
  /**
   * What comes while it is muted: frames of silence, the default, or no frames. A server that finds the end of a turn by
   * listening for silence needs the first: with nothing, a turn that is muted in its middle goes on until unmuted.
   */
  readonly whileMuted?: "silence" | "nothing";
}

/** Some sound from a microphone. */
export interface MicrophoneFrame {
  /** `frameMs` of mono samples at `sampleRateHz`. */
  readonly samples: Int16Array<ArrayBuffer>;
  /** Where it begins, in milliseconds since the microphone was opened: `frameMs` more from frame to frame. */
  readonly startMs: number;
}

/** What a meter shows, of the latest frame. */
export interface MicrophoneLevel {
  /** See the function `rms`. On a meter `inputLevel` of the frame's samples looks better. */
  readonly rms: number;
  /** See the function `peak`. */
  readonly peak: number;
  /** Whether somebody seems to speak, by loudness alone: `voiceActivity` with its defaults. */
  readonly speaking: boolean;
}

/** A microphone that is open. */
export interface Microphone {
  /** Tells `listener` of every frame; the returned function stops that. */
  onFrame(listener: (frame: MicrophoneFrame) => void): () => void;
  readonly level: MicrophoneLevel;
  readonly muted: boolean;
  /**
   * Silences it: from this call on no frame has sound that was captured while it was muted, on whatever device. A
   * device of ours is disabled besides, which browsers show to the user.
   */
  mute(): void;
  unmute(): void;
  /** What is being heard. It is another one after `setDevice`. */
  readonly stream: MediaStream;
  /** The device that is being heard, where the browser tells. */
  readonly deviceId: string | undefined;
  /**
   * Hears another device, the user's default without an id. The frames go on without a gap, and the old device is let
   * go once the new one is there. Rejects like `microphone`, and then the old one goes on being heard; rejects with
   * `aborted` when it is closed or switched again meanwhile.
   */
  setDevice(deviceId?: string): Promise<void>;
  /**
   * `ended`: the device was unplugged, its permission was taken back, or it was closed here; the track of a stream of
   * yours was stopped. `setDevice` takes another. (A track tells nobody that its own program stopped it: that is seen
   * here, and `onEnded` says nothing of it.)
   */
  readonly status: "on" | "ended";
  /**
   * Tells `listener` with `device_lost` that the device has gone, by itself or because the user took it away. The frames
   * go on as silence; `setDevice` brings sound again. The returned function stops that.
   */
  onEnded(listener: (error: AudioDeviceError) => void): () => void;
  /**
   * Whether the system has stopped the sound for now, as for a phone call or by a switch at the device. Meanwhile the
   * frames go on as silence. The sound goes on of its own accord, and the status stays what it is.
   */
  readonly pausedBySystem: boolean;
  /**
   * Tells `listener` when `pausedBySystem` changes, also because another device is heard; the returned function stops
   * that.
   */
  onPausedBySystem(listener: (paused: boolean) => void): () => void;
  /** See `Speaker.blocked`: in a context that stands still there are no frames. */
  readonly blocked: boolean;
  /** See `Speaker.onBlocked`. */
  onBlocked(listener: (blocked: boolean) => void): () => void;
  /** See `Speaker.unlock`. */
  unlock(): Promise<void>;
  /** What is heard, before it is muted and on every device: connect it to whatever else shall have it. */
  readonly input: AudioNode;
  readonly context: AudioContext;
  /** Stops for good: no frame comes after this call. Lets go of the device, unless it is a stream of yours. */
  close(): Promise<void>;
}

/** What a track tells when the system stops its sound, and lets it go on. */
const pauseEvents = ["mute", "unmute"];

/**
 * Opens a microphone as frames of 16-bit samples, captured and resampled on the audio thread from whatever rate the
 * device has. Call it in the handler of a click. The frames follow each other without a gap in the context's time.
 * Rejects with a `RangeError` when a frame is no whole number of samples, else with an `AudioDeviceError` that says what
 * to do; then it has let go of everything.
 */
export async function microphone(options: MicrophoneOptions = {}): Promise<Microphone> {
  const { sampleRateHz = 24000, frameMs = 20, whileMuted = "silence", signal } = options;
  const settings: CaptureSettings = {
    sampleRateHz,
    frameSamples: (sampleRateHz * frameMs) / 1000,
    muted: options.muted ?? false,
  };
  if (!Number.isInteger(settings.frameSamples) || settings.frameSamples <= 0) {
    throw new RangeError(
      `${frameMs} ms at ${sampleRateHz} Hz are ${settings.frameSamples} samples; a whole number is wanted`,
    );
  }

  const sound = await soundContext(options);
  const { context } = sound;
  let source: MicrophoneSource | undefined;
  let worklet: AudioWorkletNode;
  try {
    source = await microphoneSource(context, options, signal);
    worklet = workletNode(context, captureProcessor, { numberOfInputs: 1, processorOptions: settings });
    // A page that hears may also sound, whatever it could do before.
    if (sound.blocked) await sound.unlock().catch(() => {});
  } catch (error) {
    if (source !== undefined) letGo(source);
    await sound.close();
    throw error;
  }
  return capturing(source);

  /** What is heard from here on. */
  function capturing(first: MicrophoneSource): Microphone {
    const frameListeners = new Set<(frame: MicrophoneFrame) => void>();
    const endListeners = new Set<(error: AudioDeviceError) => void>();
    const pauseListeners = new Set<(paused: boolean) => void>();
    const detector = voiceActivity({ sampleRateHz });
    let voice = detector.begin();
    let level: MicrophoneLevel = { rms: 0, peak: 0, speaking: false };
    let current = first;
    let isMuted = settings.muted;
    let wasPaused = first.track.muted;
    let mutes = 0;
    let isClosed = false;
    let frames = 0;
    let switches = 0;

    const input = context.createGain();
    const tell = (message: ToCapture): void => worklet.port.postMessage(message);

    const setMuted = (muted: boolean): void => {
      isMuted = muted;
      if (muted) mutes += 1;
      tell({ type: "mute", muted, mutes });
      if (current.isOurs) current.track.enabled = !muted;
    };

    const ended = (): void => {
      const error = new AudioDeviceError(
        "device_lost",
        "The microphone has gone: it was unplugged, or its permission was taken back. Let the user choose another.",
      );
      for (const listener of [...endListeners]) listener(error);
    };

    const tellPause = (): void => {
      const { muted } = current.track;
      if (muted === wasPaused) return;
      wasPaused = muted;
      for (const listener of [...pauseListeners]) listener(muted);
    };

    const hear = (next: MicrophoneSource): void => {
      current = next;
      // Muting outlives the device.
      if (next.isOurs) next.track.enabled = !isMuted;
      next.track.addEventListener("ended", ended);
      for (const type of pauseEvents) next.track.addEventListener(type, tellPause);
      next.node.connect(input);
      tellPause();
    };

    const stopHearing = (): void => {
      current.node.disconnect();
      current.track.removeEventListener("ended", ended);
      for (const type of pauseEvents) current.track.removeEventListener(type, tellPause);
      letGo(current);
    };

    worklet.port.onmessage = ({ data }: MessageEvent<FromCapture>) => {
      const { samples } = data;
      const startMs = frames * frameMs;
      frames += 1;
      // It may have been captured before the audio thread knew that it is muted, or was in between.
      if (isMuted || data.mutes < mutes) samples.fill(0);
      const heard = detector.step(voice, samples);
      voice = heard.state;
      level = { rms: rms(samples), peak: peak(samples), speaking: voice.speaking };
      if (isMuted && whileMuted === "nothing") return;
      for (const listener of [...frameListeners]) listener({ samples, startMs });
    };
    hear(first);
    // It puts out silence. Browsers drive a node for sure when what it puts out goes somewhere.
    input.connect(worklet).connect(context.destination);

    return {
      context,
      input,
      onFrame: listening(frameListeners),
      get status() {
        return current.track.readyState === "live" ? "on" : "ended";
      },
      onEnded: listening(endListeners),
      get pausedBySystem() {
        return current.track.muted;
      },
      onPausedBySystem: listening(pauseListeners),
      get level() {
        return level;
      },
      get muted() {
        return isMuted;
      },
      mute: () => setMuted(true),
      unmute: () => setMuted(false),
      get stream() {
        return current.stream;
      },
      get deviceId() {
        return current.track.getSettings().deviceId;
      },
      async setDevice(deviceId) {
        switches += 1;
        const own = switches;
        const { constraints = {} } = options;
        const next = await microphoneSource(context, { constraints, ...(deviceId && { deviceId }) });
        if (isClosed || own !== switches) {
          letGo(next);
          throw new AudioDeviceError(
            "aborted",
            "The microphone was closed, or another device chosen, meanwhile.",
          );
        }
        stopHearing();
        hear(next);
      },
      get blocked() {
        return sound.blocked;
      },
      onBlocked: (listener) => sound.onBlocked(listener),
      unlock: () => sound.unlock(),
      async close() {
        if (isClosed) return;
        isClosed = true;
        worklet.port.onmessage = null;
        frameListeners.clear();
        endListeners.clear();
        pauseListeners.clear();
        stopHearing();
        tell({ type: "close" });
        input.disconnect();
        worklet.disconnect();
        await sound.close();
      },
    };
  }
}
