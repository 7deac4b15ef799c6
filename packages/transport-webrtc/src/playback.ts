import type { Observable } from "rxjs";

/** How the other side's sound is heard. */
export interface PlaybackState {
  /** Whether there is sound that the browser does not play: it wants a gesture of a person first. See `unlock`. */
  readonly blocked: boolean;
  /** 0 to 1. */
  readonly volume: number;
  /** The id of the loudspeaker; empty for the system's own. */
  readonly deviceId: string;
  /** The other side's sound, for meters. */
  readonly track: MediaStreamTrack | undefined;
  /** The track as a stream, where the runtime has streams. */
  readonly stream: MediaStream | undefined;
}

/**
 * The loudspeaker of a transport. All connections of the transport share it, one after the other; what is chosen here
 * holds over reconnections.
 */
export interface Playback {
  readonly state: PlaybackState;
  /** The current state at once, then each new one. */
  readonly state$: Observable<PlaybackState>;
  /**
   * Plays, or prepares to. To be called from a gesture, such as the click on a button: browsers let no page sound
   * before. Calling it ahead of the first connection, when the person asks to talk, spares a second gesture. Rejects
   * with `invalid_state` where the browser still refuses.
   */
  unlock(): Promise<void>;
  /**
   * 0 to 1; anything beyond is brought into that range. Throws `invalid_argument` for what is not a number. iOS leaves
   * the volume to the buttons of the device.
   */
  setVolume(volume: number): void;
  /**
   * Plays through another loudspeaker, by its id; an empty one for the system's own. Rejects with `invalid_state`
   * where the browser has no choice of loudspeakers or refuses this one.
   */
  setDevice(deviceId: string): Promise<void>;
}
