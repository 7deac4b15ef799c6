import type { WebRtcTransport } from "@duologue/transport-webrtc";
import { distinctUntilChanged, map, NEVER, switchMap } from "rxjs";
import { levelMeter } from "./level-meter.ts";
import type { Line } from "./line.ts";
import { microphoneCondition } from "./microphone-condition.ts";
import { observedTransport } from "./observed-transport.ts";

/** A line whose sound travels on media tracks: the transport has the devices, and the browser plays. */
export async function overTracks(webRtc: WebRtcTransport): Promise<Line> {
  const { microphone, playback } = webRtc;
  const { transport, connection$ } = observedTransport(webRtc);
  // Made here, within the click.
  const context = new AudioContext();
  const [input, output] = [levelMeter(context), levelMeter(context)];
  const listening = [
    microphone.state$.subscribe(({ stream }) => input.listen(stream)),
    playback.state$.subscribe(({ stream }) => output.listen(stream)),
  ];
  // Whether it is still blocked then is on `blocked$`.
  await playback.unlock().catch(() => {});
  return {
    transport,
    microphone: {
      async open(deviceId) {
        await microphone.use(sourceOf(deviceId));
        await microphone.open();
      },
      leaveOut: () => microphone.use(false),
      setMuted: (muted) => (muted ? microphone.mute() : microphone.unmute()),
      choose: (deviceId) => microphone.use(sourceOf(deviceId)),
      condition$: microphone.state$.pipe(map(microphoneCondition), distinctUntilChanged()),
      level: input.level,
      samples$: NEVER,
    },
    loudspeaker: {
      blocked$: playback.state$.pipe(
        map(({ blocked }) => blocked),
        distinctUntilChanged(),
      ),
      unlock: async () => {
        await Promise.all([playback.unlock(), context.resume()]);
      },
      setVolume: (volume) => playback.setVolume(volume),
      choose: (deviceId) => playback.setDevice(deviceId),
      level: output.level,
    },
    quality$: connection$.pipe(switchMap(({ stats$ }) => stats$)),
    async close() {
      for (const each of listening) each.unsubscribe();
      microphone.release();
      await context.close();
    },
  };
}

function sourceOf(deviceId: string): true | MediaTrackConstraints {
  return deviceId === "" ? true : { deviceId: { exact: deviceId } };
}
