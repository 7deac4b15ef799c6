import { AudioDeviceError, microphoneRefusal } from "./audio-device-error.ts";
import { abortable } from "./sound-context.ts";

/** A stream that is being heard. */
export interface MicrophoneSource {
  readonly stream: MediaStream;
  readonly track: MediaStreamTrack;
  readonly node: AudioNode;
  /** Whether we opened it. What is not ours is neither stopped nor disabled. */
  readonly isOurs: boolean;
}

/** Opens a device, or takes the stream that is given. Rejects with an `AudioDeviceError`, and then holds no device. */
export async function microphoneSource(
  context: AudioContext,
  wanted: {
    readonly deviceId?: string;
    readonly constraints?: MediaTrackConstraints;
    readonly stream?: MediaStream;
  },
  signal?: AbortSignal,
): Promise<MicrophoneSource> {
  const isOurs = wanted.stream === undefined;
  const stream = wanted.stream ?? (await deviceStream(wanted, signal));
  const [track] = stream.getAudioTracks();
  if (track === undefined) {
    throw new AudioDeviceError("device_not_found", "The stream has no audio track. Give one that has.");
  }
  try {
    return { stream, track, isOurs, node: context.createMediaStreamSource(stream) };
  } catch (cause) {
    letGo({ stream, isOurs });
    throw new AudioDeviceError(
      "not_supported",
      "This browser does not hear a microphone in this context. Some want a context of the device's rate: make it without a sampleRate.",
      { cause },
    );
  }
}

/** Stops the device, if it is ours. */
export function letGo({ stream, isOurs }: Pick<MicrophoneSource, "stream" | "isOurs">): void {
  if (isOurs) for (const track of stream.getTracks()) track.stop();
}

async function deviceStream(
  { deviceId, constraints }: { readonly deviceId?: string; readonly constraints?: MediaTrackConstraints },
  signal: AbortSignal | undefined,
): Promise<MediaStream> {
  // Absent on pages that are not secure, whatever the types say.
  const devices: MediaDevices | undefined = navigator.mediaDevices;
  if (devices?.getUserMedia === undefined) {
    throw new AudioDeviceError(
      "insecure_context",
      "Browsers give a microphone to pages that are https: or on this machine, and to no others. Serve this page so.",
    );
  }
  const opening = devices.getUserMedia({
    audio: {
      echoCancellation: true,
      noiseSuppression: true,
      autoGainControl: true,
      channelCount: 1,
      ...constraints,
      ...(deviceId !== undefined && { deviceId: { exact: deviceId } }),
    },
  });
  try {
    return await abortable(opening, signal);
  } catch (cause) {
    // The user may still answer the question that the browser asks.
    opening.then(
      (stream) => letGo({ stream, isOurs: true }),
      () => {},
    );
    throw AudioDeviceError.is(cause) ? cause : microphoneRefusal(cause);
  }
}
