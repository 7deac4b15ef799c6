// A registered symbol, so that an error made by another copy of this package is recognised too.
const brand: unique symbol = Symbol.for("duologue.AudioDeviceError");

/**
 * Why a page has no sound or no microphone, for a program to branch on.
 *
 * - `aborted`: the caller's `AbortSignal` fired.
 * - `insecure_context`: the page is neither `https:` nor on this machine, so the browser has no microphones for it.
 * - `permission_denied`: the user, the browser or a policy of the page does not allow the microphone.
 * - `device_not_found`: there is no microphone, or not the one that was asked for.
 * - `device_busy`: the microphone is there and can't be read, often because another program has it.
 * - `device_lost`: the device went away or was taken away while it was in use.
 * - `blocked`: the browser lets the page sound only after a gesture of the user.
 * - `worklet_failed`: the browser did not load the module of the audio thread.
 * - `not_supported`: this browser can't do it.
 */
export type AudioDeviceErrorCode =
  | "aborted"
  | "insecure_context"
  | "permission_denied"
  | "device_not_found"
  | "device_busy"
  | "device_lost"
  | "blocked"
  | "worklet_failed"
  | "not_supported";

/** What is wrong with a microphone or a loudspeaker. Its message tells a person what to do. */
export class AudioDeviceError extends Error {
  override readonly name = "AudioDeviceError";
  readonly code: AudioDeviceErrorCode;
  readonly [brand] = true;

  constructor(code: AudioDeviceErrorCode, message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.code = code;
  }

  /** Recognises an `AudioDeviceError` made by any copy of this package. */
  static is(value: unknown): value is AudioDeviceError {
    return typeof value === "object" && value !== null && brand in value;
  }
}

/** What a browser throws when it gives no microphone, by the name of the exception (Media Capture, section 10.2). */
const refusals: { readonly [name: string]: readonly [AudioDeviceErrorCode, string] } = {
  NotAllowedError: [
    "permission_denied",
    "The microphone is not allowed. Let the user allow it in the browser's settings of this page, and ask again on a click.",
  ],
  SecurityError: [
    "permission_denied",
    'A policy forbids this page the microphone. A frame of another origin needs allow="microphone".',
  ],
  NotFoundError: ["device_not_found", "There is no microphone. Let the user connect one, and ask again."],
  OverconstrainedError: [
    "device_not_found",
    "The microphone that was asked for is not there any more. Ask without a deviceId, or let the user choose again.",
  ],
  NotReadableError: [
    "device_busy",
    "The microphone is there but can't be read. Another program may be using it: let the user close that, and ask again.",
  ],
  AbortError: ["device_busy", "The microphone did not start. Let the user connect it anew, and ask again."],
};

/** The error that says why `getUserMedia` failed, whatever it threw. */
export function microphoneRefusal(cause: unknown): AudioDeviceError {
  const name = cause instanceof Error ? cause.name : "";
  const [code, message] = refusals[name] ?? [
    "not_supported",
    `The browser gave no microphone: ${cause instanceof Error ? cause.message : String(cause)}`,
  ];
  return new AudioDeviceError(code, message, { cause });
}
