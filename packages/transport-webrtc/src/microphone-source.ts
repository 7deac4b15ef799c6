import type { RealtimeError } from "@duologue/core";
import { type CallStep, callFailed, said } from "./call-failure.ts";

/**
 * Where the sound comes from: `true` for the default microphone, `false` for none, constraints for a certain one
 * (`{ deviceId: { exact: id } }`), or a track of your own. Echo cancellation, noise suppression and gain control are on
 * unless the constraints say otherwise.
 */
export type MicrophoneSource = boolean | MediaTrackConstraints | MediaStreamTrack;

/** The part of `navigator.mediaDevices` that is used. */
export type MediaDevicesLike = Pick<MediaDevices, "getUserMedia">;

export function isTrack(source: MicrophoneSource): source is MediaStreamTrack {
  return typeof source === "object" && "kind" in source && "readyState" in source;
}

/**
 * Asks for a microphone. Some browsers have only one open at a time: where a device gives no sound, `letGo` may let go of
 * another one, and says whether it did; then it is asked for again. Rejects with the step at which that failed:
 * `permission` or `device`.
 */
export async function openDevice(
  source: true | MediaTrackConstraints,
  devices: MediaDevicesLike | undefined,
  letGo: () => boolean,
): Promise<MediaStreamTrack> {
  if (devices === undefined) {
    const message =
      "This runtime has no microphones: a page has to come from https: or localhost; elsewhere hand in mediaDevices, or a track.";
    throw callFailed(message, { step: "device" });
  }
  const constraints = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };
  const audio = { ...constraints, ...(source === true ? {} : source) };
  let stream: MediaStream;
  try {
    stream = await devices.getUserMedia({ audio });
  } catch (cause) {
    if (nameOf(cause) === "NotReadableError" && letGo()) return openDevice(source, devices, () => false);
    throw deviceFailed(cause);
  }
  const [track] = stream.getAudioTracks();
  if (track === undefined) throw callFailed("The microphone has no sound track.", { step: "device" });
  return track;
}

/** By the names of https://www.w3.org/TR/mediacapture-streams/#dom-mediadevices-getusermedia. */
const causes: Readonly<Record<string, readonly [CallStep, string]>> = {
  NotAllowedError: [
    "permission",
    "The microphone was not allowed. Allow it in the settings of this site, and of the system, then try again.",
  ],
  SecurityError: [
    "permission",
    "The page's policy forbids the microphone. Serve it with Permissions-Policy: microphone=(self), and a frame with allow=microphone.",
  ],
  NotFoundError: ["device", "There is no microphone. Plug one in, or talk in text with microphone: false."],
  OverconstrainedError: [
    "device",
    "No microphone is as the constraints ask: choose another, or ask for less.",
  ],
  NotReadableError: ["device", "The microphone gives no sound: another program may have it. Close that one."],
};

function deviceFailed(cause: unknown): RealtimeError {
  const name = nameOf(cause);
  const [step, message] = causes[name === "NotAllowedError" && isForbidden() ? "SecurityError" : name] ?? [
    "device" as const,
    `The microphone could not be opened: ${said(cause)}.`,
  ];
  return callFailed(message, { step, cause });
}

/** Older browsers have errors that are none of `Error`. */
function nameOf(cause: unknown): string {
  return typeof cause === "object" && cause !== null && "name" in cause ? String(cause.name) : "";
}

/** Whether the page's policy keeps the microphone from it: browsers reject as if the person had. */
function isForbidden(): boolean {
  interface Policy {
    allowsFeature(name: string): boolean;
  }
  // Chromium alone tells, by the older name so far, and DOM's types have neither.
  const { permissionsPolicy, featurePolicy } = (globalThis.document ?? {}) as {
    readonly permissionsPolicy?: Policy;
    readonly featurePolicy?: Policy;
  };
  return (permissionsPolicy ?? featurePolicy)?.allowsFeature("microphone") === false;
}
