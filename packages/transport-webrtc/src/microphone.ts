import { type Clock, RealtimeError } from "@duologue/core";
import { BehaviorSubject, type Observable } from "rxjs";
import { callFailed } from "./call-failure.ts";
import { isTrack, type MediaDevicesLike, type MicrophoneSource, openDevice } from "./microphone-source.ts";
import { type Outlet, outlet } from "./outlet.ts";
import { streamOf } from "./stream-of.ts";

/** How a microphone is. */
export interface MicrophoneState {
  /**
   * `off`: no device is open. `opening`: one is asked for, and a person may be reading the question. `on`. `ended`: it
   * was unplugged, its permission was taken back, or your track was stopped; `use` takes another.
   */
  readonly status: "off" | "opening" | "on" | "ended";
  /** Whether silence is sent. */
  readonly muted: boolean;
  /** What is sent, for meters; silent while muted. */
  readonly track: MediaStreamTrack | undefined;
  /** The track as a stream, where the runtime has streams. */
  readonly stream: MediaStream | undefined;
}

/**
 * The microphone of a transport. All connections of the transport share it, so what is chosen here holds from before
 * the first one opens, over reconnections, to the end.
 *
 * A device that was opened here is closed when the last connection was closed, and 30 seconds after the last one was
 * lost unless another attempt to connect is made: a person is not asked twice. Your own track is never stopped.
 */
export interface Microphone {
  readonly state: MicrophoneState;
  /** The current state at once, then each new one. */
  readonly state$: Observable<MicrophoneState>;
  /**
   * Sends silence from now on, also where there is no sound yet. The track itself is disabled, yours as well: what
   * else it feeds falls silent too.
   */
  mute(): void;
  unmute(): void;
  /** Push-to-talk: unmutes until the returned function is called. Several at a time go by the last one. */
  talk(): () => void;
  /**
   * Opens the device ahead of the first connection, so that no time-out of a session runs while a person reads a
   * question. Resolves at once where it is open. Rejects with `connect_failed`, of the step `permission` or `device`.
   */
  open(): Promise<void>;
  /**
   * Takes another source, at once where a device is open, without negotiating again. Rejects as `open` does, and then
   * goes on with the one before.
   */
  use(source: MicrophoneSource): Promise<void>;
  /** Lets go of the device, unless a connection uses it. To be called when `open` was called and no session follows. */
  release(): void;
}

/** A microphone and what only the transport does with it. */
export interface SharedMicrophone {
  readonly microphone: Microphone;
  /** Opens the device where that is needed, and an outlet for one connection. Rejects as `open` does. */
  connect(): Promise<Outlet>;
}

/** How long a device stays open after a loss. */
const heldMs = 30_000;

export function microphone(
  first: MicrophoneSource,
  devices: MediaDevicesLike | undefined,
  clock: Clock,
): SharedMicrophone {
  let source = first;
  let track: MediaStreamTrack | undefined;
  /** The track that was disabled here, and is to be enabled again. */
  let silenced: MediaStreamTrack | undefined;
  let muted = false;
  let talking = 0;
  let opening: Promise<void> | undefined;
  /** Connections that wait for the device. */
  let awaiting = 0;
  /** Whether it was opened ahead of them. */
  let isKept = false;
  /** Whether it stays open after a loss. */
  let isHeld = false;
  let cancelHold = () => {};
  const outlets = new Set<Outlet>();
  /** Tracks of devices that were opened here. */
  const owned = new Set<MediaStreamTrack>();
  const states = new BehaviorSubject<MicrophoneState>({
    status: "off",
    muted: false,
    track: undefined,
    stream: undefined,
  });
  const isSilent = () => muted && talking === 0;

  function status(): MicrophoneState["status"] {
    if (opening !== undefined) return "opening";
    if (track === undefined) return "off";
    return track.readyState === "ended" ? "ended" : "on";
  }

  function tell(): void {
    const { value } = states;
    const stream = value.track === track ? value.stream : streamOf(track);
    states.next({ status: status(), muted: isSilent(), track, stream });
  }

  function apply(): void {
    if (track !== undefined && isSilent()) {
      track.enabled = false;
      silenced = track;
    } else if (track !== undefined && silenced === track) {
      track.enabled = true;
      silenced = undefined;
    }
    tell();
  }

  /** Puts a track in the place of the present one. Ours is stopped. */
  function replace(next: MediaStreamTrack | undefined): void {
    const previous = track;
    if (next === previous) return;
    track = next;
    next?.addEventListener("ended", tell);
    apply();
    for (const each of outlets) each.send(next);
    previous?.removeEventListener("ended", tell);
    if (previous !== undefined && owned.delete(previous)) previous.stop();
  }

  /** The track of a source, opened where it has to be. */
  async function trackOf(wanted: MicrophoneSource): Promise<MediaStreamTrack | undefined> {
    if (wanted === false) return undefined;
    if (!isTrack(wanted)) {
      const opened = await openDevice(wanted, devices);
      owned.add(opened);
      return opened;
    }
    if (wanted.readyState === "live") return wanted;
    const message =
      "The track that was handed in as the microphone has ended. Hand in one that is live, by use().";
    throw callFailed(message, { step: "device" });
  }

  /** Opens the present source. What was chosen meanwhile wins. */
  function turnOn(): Promise<void> {
    if (track?.readyState === "live" || source === false) return Promise.resolve();
    opening ??= (async () => {
      for (;;) {
        const wanted: MicrophoneSource = source;
        const opened = await trackOf(wanted);
        if (wanted === source) return replace(opened);
        discard(opened);
      }
    })().finally(() => {
      opening = undefined;
      tell();
      releaseIfIdle();
    });
    tell();
    return opening;
  }

  function discard(unwanted: MediaStreamTrack | undefined): void {
    if (unwanted !== undefined && owned.delete(unwanted)) unwanted.stop();
  }

  function releaseIfIdle(): void {
    if (outlets.size + awaiting > 0 || isKept || isHeld || opening !== undefined) return;
    replace(undefined);
  }

  function hold(): void {
    cancelHold();
    // A track that is not ours costs nobody anything.
    if (track === undefined || !owned.has(track)) return;
    isHeld = true;
    cancelHold = clock.after(heldMs, () => {
      isHeld = false;
      releaseIfIdle();
    });
  }

  function release(): void {
    cancelHold();
    isKept = false;
    isHeld = false;
    releaseIfIdle();
  }

  return {
    microphone: {
      get state() {
        return states.value;
      },
      state$: states.asObservable(),
      mute() {
        muted = true;
        apply();
      },
      unmute() {
        muted = false;
        apply();
      },
      talk() {
        let over = false;
        talking += 1;
        apply();
        return () => {
          if (over) return;
          over = true;
          talking -= 1;
          apply();
        };
      },
      async open() {
        isKept = true;
        await turnOn();
      },
      async use(next) {
        const previous = source;
        source = next;
        // While it opens, what is chosen last is what is opened.
        if (opening !== undefined) return opening;
        if (outlets.size === 0 && !isKept) return replace(undefined);
        try {
          const opened = await trackOf(next);
          if (source === next) replace(opened);
          else discard(opened);
        } catch (cause) {
          if (source === next) source = previous;
          throw RealtimeError.from(cause, "connect_failed");
        }
      },
      release,
    },
    async connect() {
      awaiting += 1;
      try {
        await turnOn();
      } finally {
        awaiting -= 1;
      }
      const made = outlet(track, (reason) => {
        outlets.delete(made);
        if (reason === "closed" && outlets.size === 0) release();
        else if (reason === "lost" || isHeld) hold();
        releaseIfIdle();
      });
      outlets.add(made);
      return made;
    },
  };
}
