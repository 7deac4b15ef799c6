import { type Microphone, microphone, speaker } from "@duologue/audio/browser";
import type { Connection, Transport } from "@duologue/core";
import { BehaviorSubject, distinctUntilChanged, interval, map, Observable, Subject, switchMap } from "rxjs";
import type { Line } from "./line.ts";
import { microphoneCondition, type ToldOfMicrophone } from "./microphone-condition.ts";
import { observedTransport } from "./observed-transport.ts";
import { sendingQuality } from "./sending-quality.ts";

const noMicrophone: ToldOfMicrophone = { status: "off", pausedBySystem: false };

/** A line whose sound travels as events: it is captured and played by worklets of this page. */
export async function overWorklets(given: Transport<Connection>): Promise<Line> {
  const { transport, connection$ } = observedTransport(given);
  // One context for both, made here, within the click.
  const context = new AudioContext();
  const output = await speaker({ context });
  const samples = new Subject<Int16Array>();
  const told = new BehaviorSubject<ToldOfMicrophone>(noMicrophone);
  const closing = new AbortController();
  let opening: Promise<Microphone> | undefined;
  let input: Microphone | undefined;
  let isMuted = false;

  async function open(deviceId: string): Promise<void> {
    told.next({ ...noMicrophone, status: "opening" });
    const chosen = deviceId === "" ? {} : { deviceId };
    opening = microphone({ context, muted: isMuted, signal: closing.signal, ...chosen });
    try {
      const opened = await opening;
      opened.onFrame((frame) => samples.next(frame.samples));
      opened.onEnded(() => told.next(opened));
      opened.onPausedBySystem(() => told.next(opened));
      input = opened;
      setMuted(isMuted);
      told.next(opened);
    } catch (error) {
      opening = undefined;
      told.next(noMicrophone);
      throw error;
    }
  }

  function setMuted(muted: boolean): void {
    isMuted = muted;
    if (muted) input?.mute();
    else input?.unmute();
  }

  return {
    transport,
    player: output,
    microphone: {
      open,
      leaveOut: async () => {},
      setMuted,
      async choose(deviceId) {
        if (opening === undefined) return open(deviceId);
        const opened = await opening;
        await opened.setDevice(deviceId || undefined);
        told.next(opened);
      },
      condition$: told.pipe(map(microphoneCondition), distinctUntilChanged()),
      level: () => input?.level.rms ?? 0,
      samples$: samples,
    },
    loudspeaker: {
      blocked$: new Observable((subscriber) => {
        subscriber.next(output.blocked);
        return output.onBlocked((blocked) => subscriber.next(blocked));
      }),
      unlock: () => output.unlock(),
      setVolume: (volume) => output.setVolume(volume),
      choose: (deviceId) => output.setDevice(deviceId || undefined),
      level: () => output.level,
    },
    quality$: connection$.pipe(
      switchMap((connection) => interval(1_000).pipe(map(() => sendingQuality(connection.bufferedAmount)))),
    ),
    async close() {
      // A question that the browser still asks is of no interest any more.
      closing.abort();
      await input?.close();
      await output.close();
      await context.close();
    },
  };
}
