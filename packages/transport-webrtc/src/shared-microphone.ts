import { type Clock, RealtimeError } from "@duologue/core";
import { BehaviorSubject } from "rxjs";
import { callFailed } from "./call-failure.ts";
import type { Microphone, MicrophoneState } from "./microphone.ts";
import { isTrack, type MediaDevicesLike, type MicrophoneSource, openDevice } from "./microphone-source.ts";
import { type Outlet, outlet } from "./outlet.ts";
import { streamOf } from "./stream-of.ts";

/** A microphone and what only the transport does with it. */
export interface SharedMicrophone {
  readonly microphone: Microphone;
  /** Opens the device where that is needed, and an outlet for one connection. Rejects as `open` does. */
  connect(): Promise<Outlet>;
}

/** How long a device stays open after a loss. */
const heldMs = 30_000;

export function sharedMicrophone(
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
