import type { Player } from "@duologue/conversation";
import type { Transport } from "@duologue/core";
import type { Observable } from "rxjs";
import type { MicrophoneCondition } from "./microphone-condition.ts";

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

/** What is heard of the user. Devices are told by their ids; an empty one is the system's own. */
interface LineMicrophone {
  /** Asks for a device, before the talk begins. Rejects with what is in the way. */
  open(deviceId: string): Promise<void>;
  /** Talks without one, in writing. */
  leaveOut(): Promise<void>;
  setMuted(muted: boolean): void;
  /** Takes another device while people talk, or a first one. Rejects as `open`; then all stays as it was. */
  choose(deviceId: string): Promise<void>;
  /** At once, then each change. */
  readonly condition$: Observable<MicrophoneCondition>;
  /** The root of the mean square of what is sent now, 0 to 1. */
  level(): number;
  /** The sound in pieces, where it has to be sent as events. */
  readonly samples$: Observable<Int16Array>;
}

/** What the user hears. */
interface LineLoudspeaker {
  /** Whether the browser keeps it silent until the user does something. At once, then each change. */
  readonly blocked$: Observable<boolean>;
  /** To be called in the handler of a click. */
  unlock(): Promise<void>;
  /** 0 to 1. */
  setVolume(volume: number): void;
  /** Plays through another device, by its id as above. */
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
