import { AudioDeviceError } from "./audio-device-error.ts";

/** What the library of types does not know yet, or takes for given. */
interface OutputDevice {
  readonly outputLatency?: number;
  readonly baseLatency?: number;
  setSinkId?(deviceId: string): Promise<void>;
}

/** From the moment at which a context has computed a sample to the one at which it is heard, where the browser tells. */
export function latencySeconds(context: OutputDevice): number {
  return (context.baseLatency ?? 0) + (context.outputLatency ?? 0);
}

/** Lets a context sound on another device; `""` is the user's default. Rejects with an `AudioDeviceError`. */
export async function setOutputDevice(context: OutputDevice, deviceId: string): Promise<void> {
  if (context.setSinkId === undefined) {
    if (deviceId === "") return;
    throw new AudioDeviceError(
      "not_supported",
      "This browser does not let a page choose where it sounds. The user can, in the settings of the system.",
    );
  }
  try {
    await context.setSinkId(deviceId);
  } catch (cause) {
    const isForbidden = cause instanceof Error && cause.name === "NotAllowedError";
    throw isForbidden
      ? new AudioDeviceError(
          "permission_denied",
          "The loudspeaker is not allowed. Browsers allow those that belong to an allowed microphone.",
          { cause },
        )
      : new AudioDeviceError(
          "device_not_found",
          "The loudspeaker that was asked for is not there any more. Let the user choose again.",
          { cause },
        );
  }
}
