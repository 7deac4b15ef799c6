import type { Observable } from "rxjs";
import type { MicrophoneSource } from "./microphone-source.ts";

/** How a microphone is. */
export interface MicrophoneState {
  /**
   * `off`: no device is open. `opening`: one is asked for, and a person may be reading the question. `on`. `ended`: it
   * was unplugged, its permission was taken back, or your track was stopped; `use` takes another. (A track tells nobody
   * that its own program stopped it: that is seen when the state is read, and with each measurement of `stats$`.)
   */
  readonly status: "off" | "opening" | "on" | "ended";
  /**
   * Whether silence is sent because `mute` asked for it. A track of yours that you disable yourself is silent, too, and
   * not said here: tracks do not tell.
   */
  readonly muted: boolean;
  /**
   * Whether the system has stopped the sound for now, as for a phone call or by a switch at the device. It goes on of
   * its own accord, and the status stays what it is.
   */
  readonly pausedBySystem: boolean;
  /** What is sent, for meters; silent while muted. */
  readonly track: MediaStreamTrack | undefined;
  /** The track as a stream, where the runtime has streams. */
  readonly stream: MediaStream | undefined;
}

/**
 * The microphone of a transport. All connections of the transport share it, so what is chosen here holds from before
 * the first one opens, over reconnections, to the end.
 *
 * A device that was opened here is closed with the last connection that we close, and when the session is closed. Where
 * the other side or the network ended a connection, the device stays open for 30 seconds, and for as long as others are
 * attempted: a person is not asked twice. One that is gone is not asked for again in the middle of a talk: further
 * connections open without sound until `use` or `open` brings one.
 *
 * Your own track is never stopped. Where it is replaced or let go of, it is enabled again if it was disabled here.
 */
export interface Microphone {
  readonly state: MicrophoneState;
  /** The current state at once, then each new one. */
  readonly state$: Observable<MicrophoneState>;
  /**
   * Sends silence from now on, also where there is no sound yet. The track itself is disabled, yours as well: what
   * else it feeds falls silent too, and whoever enables it meanwhile is heard.
   */
  mute(): void;
  unmute(): void;
  /** Push-to-talk: unmutes until the returned function is called. Several at a time go by the last one. */
  talk(): () => void;
  /**
   * Opens the device ahead of the first connection, as for a meter or a choice before the talk. Resolves at once where it
   * is open. Rejects with `connect_failed`, of the step `permission` or `device`. It stays open until a connection has
   * ended that opened after it, or `release` is called.
   */
  open(): Promise<void>;
  /**
   * Takes another source, at once where a device is open, without negotiating again. Rejects as `open` does, and then
   * goes on with the one before. Of several choices, the last that can be had holds. Where a browser has only one
   * device open at a time, the present one is closed for the other, and opened again if that fails.
   */
  use(source: MicrophoneSource): Promise<void>;
  /**
   * Lets go of the device, unless a connection uses it. To be called when `open` was called and no session follows, or it
   * fails to open.
   */
  release(): void;
}
