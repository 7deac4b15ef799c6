import { float32ToPcm16, resample, rms } from "@duologue/audio";
import {
  AudioDeviceError,
  type Microphone,
  type MicrophoneFrame,
  type MicrophoneOptions,
  microphone,
} from "@duologue/audio/browser";
import { graphRecorder } from "./graph-recorder.ts";

const wireRateHz = 24000;

/** Collects the next frames. */
async function nextFrames(input: Microphone, count: number): Promise<readonly MicrophoneFrame[]> {
  const collected: MicrophoneFrame[] = [];
  const enough = Promise.withResolvers<void>();
  const stop = input.onFrame((frame) => {
    collected.push(frame);
    if (collected.length === count) enough.resolve();
  });
  await enough.promise;
  stop();
  return collected;
}

function joined(pieces: readonly MicrophoneFrame[]): Int16Array<ArrayBuffer> {
  return Int16Array.from(pieces.flatMap(({ samples }) => [...samples]));
}

/** How frames relate to what came to the context. */
export interface Captured {
  readonly sampleRateHz: number;
  /** Every number of samples that a frame had. */
  readonly frameLengths: readonly number[];
  /** Every distance between the starts of two frames. */
  readonly stepsMs: readonly number[];
  /** Samples that were compared with a recording of the graph, and how many of them were others. */
  readonly compared: number;
  readonly wrong: number;
  /** How loud it was, and whether somebody seemed to speak. */
  readonly rms: number;
  readonly speaking: boolean;
}

/** Captures some seconds in a context of some rate, and compares them with a recording of the graph. */
export async function captures(seconds: number, contextRateHz?: number): Promise<Captured> {
  const context = new AudioContext(contextRateHz === undefined ? {} : { sampleRate: contextRateHz });
  const input = await microphone({ context });
  const recorder = await graphRecorder(input.input);
  let speaking = false;
  input.onFrame(() => {
    speaking ||= input.level.speaking;
  });
  const frames = await nextFrames(input, seconds * 50);
  await recorder.until(Math.round(context.currentTime * context.sampleRate));
  await input.close();
  const samples = joined(frames);
  const steps = frames.slice(1).map(({ startMs }, index) => startMs - (frames[index]?.startMs ?? 0));
  await context.close();
  return {
    sampleRateHz: context.sampleRate,
    frameLengths: [...new Set(frames.map((frame) => frame.samples.length))],
    stepsMs: [...new Set(steps)],
    ...compared(samples, float32ToPcm16(recorder.samples()), context.sampleRate),
    rms: rms(samples),
    speaking,
  };
}

/**
 * Compares samples with a recording of what they were made from. Where a resampler's outputs stand between its inputs
 * depends on which input is its first, and that the page can't know: after 147 of them, for 44.1 kHz, all comes again.
 */
function compared(
  samples: Int16Array,
  recorded: Int16Array,
  inputRateHz: number,
): Pick<Captured, "compared" | "wrong"> {
  const middle = samples.length >> 1;
  const needle = samples.subarray(middle, middle + 100);
  for (let skipped = 0; skipped < 147; skipped++) {
    const whole = resample(recorded.subarray(skipped), { inputRateHz, outputRateHz: wireRateHz });
    const place = whole.findIndex((_, at) => needle.every((sample, index) => whole[at + index] === sample));
    if (place < 0) continue;
    const first = Math.max(0, place - middle) + edge;
    const last = Math.min(whole.length - edge, place - middle + samples.length);
    const indices = Array.from({ length: last - first }, (_, index) => first + index);
    const wrong = indices.filter((index) => whole[index] !== samples[index - place + middle]).length;
    return { compared: indices.length, wrong };
  }
  return { compared: 0, wrong: 0 };
}

/** So many samples at either end of what was resampled lack their neighbours. */
const edge = 40;

/** What a page heard while muted and not. */
export interface Muted {
  /** The loudness of frames before, while and after it was muted, and how many frames came meanwhile. */
  readonly before: number;
  readonly silence: number;
  readonly after: number;
  readonly framesWhileMuted: number;
  readonly trackWasEnabled: boolean;
}

/** Mutes and unmutes in one turn, again and again, in the middle of sound; tells what was heard of it. */
export async function flutters(): Promise<{ readonly mutes: number; readonly silentFrames: number }> {
  const input = await microphone();
  await nextFrames(input, 30);
  let silentFrames = 0;
  let mutes = 0;
  const [track] = input.stream.getAudioTracks();
  for (; mutes < 10; mutes++) {
    input.mute();
    input.unmute();
    if (track?.enabled !== true) throw new Error("the track stays disabled");
    const [frame] = await nextFrames(input, 1);
    if (frame?.samples.every((sample) => sample === 0)) silentFrames += 1;
  }
  await input.close();
  return { mutes, silentFrames };
}

/** Mutes for half a second in the middle of sound. */
export async function mutes(options: MicrophoneOptions): Promise<Muted> {
  const input = await microphone(options);
  const { context } = input;
  const before = rms(joined(await nextFrames(input, 50)));
  const whileMuted: MicrophoneFrame[] = [];
  const stop = input.onFrame((frame) => void whileMuted.push(frame));
  input.mute();
  const [track] = input.stream.getAudioTracks();
  const trackWasEnabled = track?.enabled ?? true;
  const recorder = await graphRecorder(input.input);
  await recorder.until(Math.round((context.currentTime + 0.5) * context.sampleRate));
  input.unmute();
  stop();
  const after = rms(joined(await nextFrames(input, 100)));
  await input.close();
  return {
    before,
    silence: whileMuted.length === 0 ? 0 : rms(joined(whileMuted)),
    after,
    framesWhileMuted: whileMuted.length,
    trackWasEnabled,
  };
}

/** What became of a change of devices. */
export interface Switched {
  readonly devices: readonly string[];
  readonly stepsMs: readonly number[];
  readonly oldTrack: string;
  readonly newTrack: string;
  /** How loud the new one was. */
  readonly rms: number;
  /** The code of the error when a device is asked for that is not there, and what became of the track then. */
  readonly refusal: string;
  readonly trackAfterRefusal: string;
  /** After it was closed. */
  readonly trackAtLast: string;
  readonly contextAtLast: string;
}

/** Switches to another microphone while it hears, and then to one that there is not. */
export async function switches(): Promise<Switched> {
  const input = await microphone();
  const inputs = (await navigator.mediaDevices.enumerateDevices()).filter(
    ({ kind }) => kind === "audioinput",
  );
  const frames: MicrophoneFrame[] = [];
  input.onFrame((frame) => void frames.push(frame));
  const devices = [input.deviceId ?? ""];
  const [old] = input.stream.getAudioTracks();
  const other = inputs.find(({ deviceId }) => deviceId !== input.deviceId);
  await nextFrames(input, 10);
  await input.setDevice(other?.deviceId);
  devices.push(input.deviceId ?? "");
  const heard = await nextFrames(input, 100);
  const [track] = input.stream.getAudioTracks();
  const newTrack = track?.readyState ?? "";
  const refusal = await code(input.setDevice("no such device"));
  const trackAfterRefusal = track?.readyState ?? "";
  await input.close();
  const steps = frames.slice(1).map(({ startMs }, index) => startMs - (frames[index]?.startMs ?? 0));
  return {
    devices,
    stepsMs: [...new Set(steps)],
    oldTrack: old?.readyState ?? "",
    newTrack,
    rms: rms(joined(heard)),
    refusal,
    trackAfterRefusal,
    trackAtLast: track?.readyState ?? "",
    contextAtLast: input.context.state,
  };
}

/** The code of the error with which opening a microphone fails, and what it says. */
export async function refusal(options: MicrophoneOptions): Promise<string> {
  return code(microphone(options));
}

async function code(outcome: Promise<unknown>): Promise<string> {
  try {
    await outcome;
    return "none";
  } catch (error) {
    return AudioDeviceError.is(error) ? `${error.code}: ${error.message}` : String(error);
  }
}

/** Gives up while the browser opens a microphone. */
export async function givesUp(): Promise<{ readonly code: string; readonly live: number }> {
  const tracks: MediaStreamTrack[] = [];
  const real = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  const opened = Promise.withResolvers<void>();
  const aborting = new AbortController();
  navigator.mediaDevices.getUserMedia = async (constraints) => {
    aborting.abort();
    const stream = await real(constraints);
    tracks.push(...stream.getTracks());
    opened.resolve();
    return stream;
  };
  const outcome = await code(microphone({ signal: aborting.signal }));
  await opened.promise;
  navigator.mediaDevices.getUserMedia = real;
  // What is let go of is stopped in the turns of the loop right after it came.
  await new Promise((resolve) => setTimeout(resolve));
  return { code: outcome, live: tracks.filter(({ readyState }) => readyState === "live").length };
}

/** Hears a stream that belongs to the page, muted for a while, and closes. */
export async function leavesAStreamAlone(): Promise<readonly (boolean | string)[]> {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  const [track] = stream.getAudioTracks();
  const input = await microphone({ stream, muted: true });
  const [frame] = await nextFrames(input, 1);
  const states = [
    input.muted,
    frame?.samples.some((sample) => sample !== 0) ?? true,
    track?.enabled ?? false,
  ];
  await input.close();
  const last = track?.readyState ?? "";
  track?.stop();
  return [...states, last];
}

/** What a microphone tells when the device goes away, how it is then, and whether frames go on. */
export async function losesItsDevice(): Promise<{
  readonly code: string;
  readonly statuses: readonly string[];
  readonly stepsMs: readonly number[];
}> {
  const input = await microphone();
  const frames: MicrophoneFrame[] = [];
  input.onFrame((frame) => void frames.push(frame));
  const ended = Promise.withResolvers<string>();
  input.onEnded((error) => ended.resolve(error.code));
  await nextFrames(input, 5);
  const statuses: string[] = [input.status];
  const [track] = input.stream.getAudioTracks();
  // As a browser does when it was unplugged: `stop` alone would tell nobody.
  track?.stop();
  track?.dispatchEvent(new Event("ended"));
  const lost = await ended.promise;
  statuses.push(input.status);
  await nextFrames(input, 20);
  await input.setDevice();
  statuses.push(input.status);
  await input.close();
  statuses.push(input.status);
  const steps = frames.slice(1).map(({ startMs }, index) => startMs - (frames[index]?.startMs ?? 0));
  return { code: lost, statuses, stepsMs: [...new Set(steps)] };
}

/** What a microphone tells while the system pauses one device after the other. */
export interface Paused {
  /** What its listeners were told, in order. */
  readonly told: readonly boolean[];
  /** How it was at first, while paused, with another device, while that was paused, and at last. */
  readonly states: readonly boolean[];
  readonly status: string;
}

/** Lets the system pause a microphone, hears another one instead, and lets the system pause that one for a while. */
export async function pauses(): Promise<Paused> {
  const input = await microphone();
  const told: boolean[] = [];
  const stop = input.onPausedBySystem((paused) => void told.push(paused));
  const states = [input.pausedBySystem];
  const [first] = input.stream.getAudioTracks();
  pauseBySystem(first, true);
  states.push(input.pausedBySystem);
  // Said again, and nothing has changed.
  pauseBySystem(first, true);
  // Frames go on.
  await nextFrames(input, 5);
  const { status } = input;
  await input.setDevice();
  states.push(input.pausedBySystem);
  // Nobody hears that one any more.
  pauseBySystem(first, false);
  const [second] = input.stream.getAudioTracks();
  pauseBySystem(second, true);
  states.push(input.pausedBySystem);
  pauseBySystem(second, false);
  stop();
  pauseBySystem(second, true);
  states.push(input.pausedBySystem);
  await input.close();
  return { told, states, status };
}

/** As browsers do where the system stops the sound, or lets it go on: they let nobody else do so. */
function pauseBySystem(track: MediaStreamTrack | undefined, paused: boolean): void {
  if (track === undefined) return;
  Object.defineProperty(track, "muted", { configurable: true, value: paused });
  track.dispatchEvent(new Event(paused ? "mute" : "unmute"));
}
