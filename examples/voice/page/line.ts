import type { Player } from "@duologue/conversation";
import type { Transport } from "@duologue/core";
import type { Observable } from "rxjs";

/** A way to talk: a transport, with the microphone and the loudspeaker that go with it. */
export interface Line {
  readonly transport: Transport;
  /** Plays answers that come as events; absent where they come on a media track. */
  readonly player?: Player;
  readonly microphone: LineMicrophone;
  readonly loudspeaker: LineLoudspeaker;
  /** How the connection fares, about once a second while there is one. */
  readonly quality$: Observable<Quality>;
  /** Lets go of the devices. */
  close(): Promise<void>;
}

/** What is heard of the user. */
interface LineMicrophone {
  /** Asks for the device; a person may be reading the browser's question. Rejects with what is in the way. */
  open(): Promise<void>;
  /** Talks without one, in writing. */
  leaveOut(): Promise<void>;
  setMuted(muted: boolean): void;
  /** Takes another device by its id; an empty one is the system's own. */
  choose(deviceId: string): Promise<void>;
  /** The root of the mean square of what is sent now, 0 to 1. */
  level(): number;
  /** The sound in pieces, where it has to be sent as events. */
  readonly samples$: Observable<Int16Array>;
  /** Fires when the device goes away. */
  readonly lost$: Observable<void>;
}

/** What the user hears. */
interface LineLoudspeaker {
  /** Whether the browser keeps it silent until the user does something. At once, then each change. */
  readonly blocked$: Observable<boolean>;
  /** To be called in the handler of a click. */
  unlock(): Promise<void>;
  /** 0 to 1. */
  setVolume(volume: number): void;
  /** Plays through another device by its id; an empty one is the system's own. */
  choose(deviceId: string): Promise<void>;
  /** As of the microphone, before the volume. */
  level(): number;
}

/** How a connection fares, and why. */
export interface Quality {
  /** `unknown`: nothing has come by which it could be judged. */
  readonly verdict: "good" | "fair" | "poor" | "unknown";
  readonly reason: string;
}
