import { workletsText } from "../generated/worklets-text.ts";
import { AudioDeviceError } from "./audio-device-error.ts";

/** What a microphone and a speaker ask of an audio context. */
export interface SoundContextOptions {
  /**
   * The context to work in. One of its own unless given, which is closed with it; a context of yours is left as it is.
   * A microphone and a speaker may share one.
   */
  readonly context?: AudioContext;
  /**
   * Where the page serves the module of the audio thread, `@duologue/audio/worklets`, for pages whose
   * Content-Security-Policy lets no script run from a `blob:`. Made from this package's own text unless given.
   */
  readonly workletUrl?: string | URL;
  /** Gives up opening, and undoes what was done. */
  readonly signal?: AbortSignal;
}

/** An audio context, and whether the browser lets it run. */
export interface SoundContext {
  readonly context: AudioContext;
  /** Whether it stands still: until the user has touched the page, or while a telephone call has the device. */
  readonly blocked: boolean;
  /** Tells `listener` when `blocked` changes; the returned function stops that. */
  onBlocked(listener: (blocked: boolean) => void): () => void;
  /** Starts it, if the browser allows; see `Speaker.unlock`. */
  unlock(): Promise<void>;
  close(): Promise<void>;
}

/** How long a device may take to start before it counts as blocked; longer where the browser says that it is not. */
const startMs = 500;
const allowedStartMs = 3_000;

/**
 * A context that knows the processors of this package. To be called in the handler of a click: browsers want to see it
 * made and started there, before anything else is waited for. Rejects with `not_supported`, `worklet_failed`, `aborted`.
 */
export async function soundContext(options: SoundContextOptions): Promise<SoundContext> {
  const { workletUrl, signal } = options;
  const context = options.context ?? newContext();
  const listeners = new Set<(blocked: boolean) => void>();
  let isClosed = false;
  const isBlocked = () => !isClosed && context.state !== "running";
  let wasBlocked = isBlocked();

  const changed = (): void => {
    if (isBlocked() === wasBlocked) return;
    wasBlocked = isBlocked();
    for (const listener of [...listeners]) listener(wasBlocked);
  };
  context.addEventListener("statechange", changed);

  const self: SoundContext = {
    context,
    get blocked() {
      return isBlocked();
    },
    onBlocked(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    async unlock() {
      if (isClosed || (await started(context))) return;
      throw new AudioDeviceError(
        "blocked",
        isAllowed(context)
          ? "The page may sound, and no loudspeaker has started. Let the user connect one, or wait: onBlocked tells."
          : "The browser still keeps the page silent. Call unlock in the handler of a click, a tap or a key.",
      );
    },
    async close() {
      isClosed = true;
      listeners.clear();
      context.removeEventListener("statechange", changed);
      if (options.context === undefined && context.state !== "closed") await context.close();
    },
  };

  const starting = started(context);
  try {
    await abortable(loadWorklets(context, workletUrl), signal);
    await abortable(starting, signal);
    changed();
    return self;
  } catch (error) {
    await self.close();
    throw error;
  }
}

/** Waits for `promise`, or until `signal` fires: then rejects with `aborted`. */
export async function abortable<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return promise;
  const aborted = Promise.withResolvers<never>();
  const abort = () =>
    aborted.reject(new AudioDeviceError("aborted", "Opening was given up.", { cause: signal.reason }));
  if (signal.aborted) abort();
  signal.addEventListener("abort", abort);
  try {
    return await Promise.race([promise, aborted.promise]);
  } finally {
    signal.removeEventListener("abort", abort);
  }
}

function newContext(): AudioContext {
  if (typeof AudioContext === "undefined" || typeof AudioWorkletNode === "undefined") {
    throw new AudioDeviceError(
      "not_supported",
      "There is no AudioWorklet here. Browsers have it, on pages that are https: or on this machine.",
    );
  }
  return new AudioContext({ latencyHint: "interactive" });
}

/** Starts a context; resolves with whether it runs. A browser that waits for a gesture keeps `resume` waiting too. */
async function started(context: AudioContext): Promise<boolean> {
  if (context.state === "running") return true;
  const late = Promise.withResolvers<void>();
  const timer = setTimeout(late.resolve, isAllowed(context) ? allowedStartMs : startMs);
  // It rejects where no gesture was seen, and then the state says the same.
  await Promise.race([context.resume().catch(() => {}), late.promise]);
  clearTimeout(timer);
  return isRunning(context);
}

/** Whether a browser that tells, as Firefox does, says that no gesture is needed: then only the device is awaited. */
function isAllowed(context: AudioContext): boolean {
  // The library of types does not know it yet.
  const { getAutoplayPolicy } = navigator as { getAutoplayPolicy?(of: AudioContext): string };
  return getAutoplayPolicy?.call(navigator, context) === "allowed";
}

function isRunning({ state }: AudioContext): boolean {
  return state === "running";
}

async function loadWorklets(context: AudioContext, workletUrl: string | URL | undefined): Promise<void> {
  const made =
    workletUrl === undefined
      ? URL.createObjectURL(new Blob([workletsText], { type: "text/javascript" }))
      : undefined;
  try {
    await context.audioWorklet.addModule(made ?? String(workletUrl));
  } catch (cause) {
    throw new AudioDeviceError(
      "worklet_failed",
      made === undefined
        ? `The module of the audio thread did not load from ${workletUrl}. Serve @duologue/audio/worklets there, as text/javascript.`
        : "The module of the audio thread did not load. If this page's Content-Security-Policy forbids scripts from blob:, " +
            "serve @duologue/audio/worklets and pass its address as workletUrl.",
      { cause },
    );
  } finally {
    if (made !== undefined) URL.revokeObjectURL(made);
  }
}
