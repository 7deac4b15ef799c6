import type { Clock } from "@duologue/core";
import { BehaviorSubject, Observable } from "rxjs";
import { callFailed } from "./call-failure.ts";
import type { Microphone, MicrophoneState } from "./microphone.ts";
import { isTrack, type MediaDevicesLike, type MicrophoneSource, openDevice } from "./microphone-source.ts";
import { type Outlet, outlet } from "./outlet.ts";
import { streamOf } from "./stream-of.ts";

/** A microphone and what only the transport does with it. */
export interface SharedMicrophone {
  readonly microphone: Microphone;
  /**
   * Opens the device where that is needed, and an outlet for one connection. Rejects as `open` does. In the middle of a
   * talk nobody is asked: where the device is gone, the outlet is silent until there is another.
   */
  connect(): Promise<Outlet>;
  /** No connection follows the one that was lost: the device need not be held for it. */
  letGo(): void;
  /** Looks whether the track still lives: one that its owner stops fires no event. */
  look(): void;
}

/** How long a device stays open after a loss. */
const heldMs = 30_000;

/** What tells how a track is. */
const trackEvents = ["ended", "mute", "unmute"];

export function sharedMicrophone(
  first: MicrophoneSource,
  devices: MediaDevicesLike | undefined,
  clock: Clock,
): SharedMicrophone {
  /** What the track is of: of all that was chosen, the last that could be had. */
  let source = first;
  let track: MediaStreamTrack | undefined;
  /** Choices are counted: the number of the last one, and of the one that holds. */
  let chosen = 0;
  let present = 0;
  /** Choices of which it is not known yet whether they can be had. */
  let pending = 0;
  /** Settles for all who wait for a track. */
  let awaited: PromiseWithResolvers<void> | undefined;
  let muted = false;
  let talking = 0;
  /** Connections that wait for the device. */
  let connecting = 0;
  /** Whether it was opened ahead of them. */
  let isKept = false;
  /** Whether it stays open after a loss. */
  let isHeld = false;
  let cancelHold = () => {};
  const outlets = new Set<Outlet>();
  /** Resolves when the outlet that ended last sends no more. */
  let left = Promise.resolve();
  /** Tracks of devices that were opened here. */
  const owned = new WeakSet<MediaStreamTrack>();
  /** Tracks that were disabled here, and are to be enabled again. */
  const disabled = new Set<MediaStreamTrack>();
  const states = new BehaviorSubject<MicrophoneState>({
    status: "off",
    muted: false,
    pausedBySystem: false,
    track: undefined,
    stream: undefined,
  });

  function isLive(): boolean {
    return track?.readyState === "live";
  }

  function isSilent(): boolean {
    return muted && talking === 0;
  }

  /** Whether there is anybody for whom a device would be open. */
  function isWanted(): boolean {
    return outlets.size + connecting > 0 || isKept || isHeld;
  }

  function status(): MicrophoneState["status"] {
    if (isLive()) return "on";
    if (pending > 0) return "opening";
    return track === undefined ? "off" : "ended";
  }

  function tell(): void {
    const { value } = states;
    const stream = value.track === track ? value.stream : streamOf(track);
    const pausedBySystem = track?.muted === true;
    states.next({ status: status(), muted: isSilent(), pausedBySystem, track, stream });
  }

  function look(): void {
    if (states.value.status !== status()) tell();
  }

  function apply(): void {
    if (!isSilent()) disabled.forEach(restore);
    else if (track?.enabled) {
      track.enabled = false;
      disabled.add(track);
    }
    tell();
  }

  function restore(silenced: MediaStreamTrack): void {
    if (disabled.delete(silenced)) silenced.enabled = true;
  }

  /** Puts a track in the place of the present one. Ours is stopped, another is given back as it was. */
  function replace(next: MediaStreamTrack | undefined): void {
    const previous = track;
    if (next === previous) return;
    track = next;
    for (const type of trackEvents) {
      previous?.removeEventListener(type, tell);
      next?.addEventListener(type, tell);
    }
    apply();
    const sent = [left, ...[...outlets].map((each) => each.send(next))];
    if (previous === undefined) return;
    if (owned.has(previous)) previous.stop();
    void Promise.all(sent).then(() => {
      if (previous !== track) restore(previous);
    });
  }

  /** The track of a source, opened where it has to be. */
  async function trackOf(
    wanted: MicrophoneSource,
    makeRoom: () => boolean,
  ): Promise<MediaStreamTrack | undefined> {
    if (wanted === false) return undefined;
    if (!isTrack(wanted)) {
      const opened = await openDevice(wanted, devices, makeRoom);
      owned.add(opened);
      return opened;
    }
    if (wanted.readyState === "live") return wanted;
    const message =
      "The track that was handed in as the microphone has ended. Hand in one that is live, by use().";
    throw callFailed(message, { step: "device" });
  }

  /** Takes a source, unless one that was chosen later is there first. */
  async function take(wanted: MicrophoneSource): Promise<void> {
    const number = ++chosen;
    let isRoomMade = false;
    const makeRoom = () => {
      isRoomMade = track !== undefined && owned.has(track) && isLive();
      if (isRoomMade) track?.stop();
      return isRoomMade;
    };
    pending += 1;
    look();
    try {
      place(number, wanted, await trackOf(wanted, makeRoom));
      awaited?.resolve();
      awaited = undefined;
    } catch (cause) {
      // Back to the one before, which had to make room.
      const [its, before] = [present, source];
      if (isRoomMade && !isLive())
        await trackOf(before, () => false).then(
          (back) => place(its, before, back),
          () => {},
        );
      if (pending === 1) {
        awaited?.reject(cause);
        awaited = undefined;
      }
      throw cause;
    } finally {
      pending -= 1;
      look();
    }
  }

  function place(number: number, wanted: MicrophoneSource, opened: MediaStreamTrack | undefined): void {
    if (number < present) {
      discard(opened);
      return;
    }
    present = number;
    source = wanted;
    if (isWanted()) replace(opened);
    else discard(opened);
  }

  function discard(unwanted: MediaStreamTrack | undefined): void {
    if (unwanted !== undefined && owned.has(unwanted)) unwanted.stop();
  }

  /** Resolves when there is a track, or none is wanted; rejects when nothing that was chosen can be had. */
  function turnOn(): Promise<void> {
    if (isLive() || source === false) return Promise.resolve();
    awaited ??= Promise.withResolvers();
    const { promise } = awaited;
    if (pending === 0) take(source).catch(() => {});
    return promise;
  }

  function releaseIfIdle(): void {
    if (!isWanted()) replace(undefined);
  }

  function letGo(): void {
    cancelHold();
    isHeld = false;
    releaseIfIdle();
  }

  function release(): void {
    isKept = false;
    letGo();
  }

  return {
    microphone: {
      get state() {
        look();
        return states.value;
      },
      state$: new Observable((subscriber) => {
        look();
        return states.subscribe(subscriber);
      }),
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
        try {
          await turnOn();
        } catch (error) {
          isKept = false;
          releaseIfIdle();
          throw error;
        }
      },
      async use(next) {
        if (isWanted()) return take(next);
        present = ++chosen;
        source = next;
      },
      release,
    },
    async connect() {
      cancelHold();
      const isLater = outlets.size > 0 || isHeld;
      connecting += 1;
      try {
        if (!isLater || track === undefined) await turnOn();
      } catch (error) {
        connecting -= 1;
        releaseIfIdle();
        throw error;
      }
      connecting -= 1;
      const made = outlet(isLive() ? track : undefined, (reason, gone) => {
        outlets.delete(made);
        left = gone;
        if (reason !== "failed") isKept = false;
        if (reason === "lost") isHeld = track !== undefined;
        if (outlets.size > 0) return;
        if (reason === "closed") return release();
        if (isHeld) cancelHold = clock.after(heldMs, letGo);
        else releaseIfIdle();
      });
      outlets.add(made);
      return made;
    },
    letGo,
    look,
  };
}
