import { RealtimeError } from "@duologue/core";
import { BehaviorSubject } from "rxjs";
import { said } from "./call-failure.ts";
import type { Playback, PlaybackState } from "./playback.ts";
import { streamOf } from "./stream-of.ts";

/** A loudspeaker and what only the transport does with it. */
export interface SharedPlayback {
  readonly playback: Playback;
  /** From now on this track is what is heard. */
  show(track: MediaStreamTrack): void;
  /** This track is heard no more; the one before is again, where that one is not hidden yet. */
  hide(track: MediaStreamTrack): void;
}

/**
 * `given`: the element to play through; `false` for none, since the program plays the track itself. Where it is left
 * out, an element is made when it is needed and there is a page.
 */
export function sharedPlayback(given: HTMLMediaElement | false | undefined): SharedPlayback {
  let made: HTMLMediaElement | undefined;
  /** What is to be heard, the last on top: a call that is made ready while another one speaks may end first. */
  let shown: readonly MediaStreamTrack[] = [];
  const states = new BehaviorSubject<PlaybackState>({
    blocked: false,
    volume: given ? given.volume : 1,
    deviceId: "",
    track: undefined,
    stream: undefined,
  });
  const tell = (change: Partial<PlaybackState>) => states.next({ ...states.value, ...change });

  function element(): HTMLMediaElement | undefined {
    if (made !== undefined || given === false) return made;
    made = given ?? (typeof document === "undefined" ? undefined : document.createElement("audio"));
    if (made === undefined) return undefined;
    made.autoplay = true;
    made.volume = states.value.volume;
    // A system that stops the sound, as phones do when a call comes in, is to be unlocked in the same way.
    made.addEventListener("pause", () => tell({ blocked: states.value.track !== undefined }));
    made.addEventListener("playing", () => tell({ blocked: false }));
    return made;
  }

  async function play(): Promise<void> {
    const player = element();
    const { track } = states.value;
    if (player === undefined || track === undefined) return;
    try {
      await player.play();
      if (states.value.track === track) tell({ blocked: false });
    } catch (cause) {
      // Another track came in between: that one has a play of its own.
      if (states.value.track !== track) return;
      tell({ blocked: true });
      throw cause;
    }
  }

  function show(track: MediaStreamTrack): void {
    const stream = streamOf(track);
    const player = element();
    tell({ track, stream });
    if (player === undefined || stream === undefined) return;
    player.srcObject = stream;
    // What is blocked is told by the state.
    play().catch(() => {});
  }

  return {
    playback: {
      get state() {
        return states.value;
      },
      state$: states.asObservable(),
      async unlock() {
        // WebKit unlocks an element for good when it is loaded within a gesture.
        if (states.value.track === undefined) return element()?.load();
        try {
          await play();
        } catch (cause) {
          const message = `The browser does not play the sound: ${said(cause)}. Call unlock() from a click.`;
          throw new RealtimeError("invalid_state", message, { cause });
        }
      },
      setVolume(volume) {
        if (Number.isNaN(volume))
          throw new RealtimeError("invalid_argument", "The volume is not a number. Set one from 0 to 1.");
        const within = Math.min(1, Math.max(0, volume));
        const player = element();
        if (player !== undefined) player.volume = within;
        tell({ volume: within });
      },
      async setDevice(deviceId) {
        const player = element();
        if (typeof player?.setSinkId !== "function") {
          const message =
            given === false
              ? "The program itself plays the sound here (playback: false): choose the loudspeaker there."
              : "This runtime has no choice of loudspeakers: choose one in the system's settings.";
          throw new RealtimeError("invalid_state", message);
        }
        try {
          await player.setSinkId(deviceId);
        } catch (cause) {
          const message = `The loudspeaker cannot be used: ${said(cause)}. Choose another one.`;
          throw new RealtimeError("invalid_state", message, { cause });
        }
        tell({ deviceId });
      },
    },
    show(track) {
      shown = [...shown, track];
      show(track);
    },
    hide(track) {
      shown = shown.filter((other) => other !== track);
      if (states.value.track !== track) return;
      const before = shown.at(-1);
      if (before !== undefined) return show(before);
      tell({ track: undefined, stream: undefined, blocked: false });
      if (made !== undefined) made.srcObject = null;
    },
  };
}
