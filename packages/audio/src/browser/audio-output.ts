import { AudioDeviceError } from "./audio-device-error.ts";

/** What the library of types does not know yet, or takes for given. */
interface OutputDevice {
  readonly outputLatency?: number;
  readonly baseLatency?: number;
  setSinkId?(deviceId: string): Promise<void>;
}

/** Firefox on Linux, whose audio thread and page may wait for each other for good when the page asks for the latency. */
const freezes = /\bLinux\b.*\bFirefox\//;

/**
 * From the moment at which a context has computed a sample to the one at which it is heard, as far as the browser tells.
 * One that may freeze the page over the question is not asked.
 */
export function latencySeconds(context: OutputDevice, { userAgent }: { readonly userAgent: string }): number {
  const { baseLatency = 0 } = context;
  return freezes.test(userAgent) ? baseLatency : baseLatency + (context.outputLatency ?? 0);
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
