import { type Microphone, microphone, speaker } from "@duologue/audio/browser";
import type { Connection, Transport } from "@duologue/core";
import { interval, map, Observable, Subject, switchMap } from "rxjs";
import type { Line } from "./line.ts";
import { observedTransport } from "./observed-transport.ts";
import { sendingQuality } from "./sending-quality.ts";

/** A line whose sound travels as events: it is captured and played by worklets of this page. */
export async function overWorklets(given: Transport<Connection>): Promise<Line> {
  const { transport, connection$ } = observedTransport(given);
  // One context for both, made here, within the click.
  const context = new AudioContext();
  const output = await speaker({ context });
  const samples = new Subject<Int16Array>();
  const lost = new Subject<void>();
  const closing = new AbortController();
  let input: Microphone | undefined;
  let isMuted = false;
  return {
    transport,
    player: output,
    microphone: {
      async open() {
        if (input !== undefined) return;
        input = await microphone({ context, muted: isMuted, signal: closing.signal });
        input.onFrame((frame) => samples.next(frame.samples));
        input.onEnded(() => lost.next());
      },
      leaveOut: async () => {},
      setMuted(muted) {
        isMuted = muted;
        if (muted) input?.mute();
        else input?.unmute();
      },
      choose: async (deviceId) => input?.setDevice(deviceId || undefined),
      level: () => input?.level.rms ?? 0,
      samples$: samples,
      lost$: lost,
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
