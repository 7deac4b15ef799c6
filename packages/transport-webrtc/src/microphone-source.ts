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

/** Asks for a microphone. Rejects with the step at which that failed: `permission` or `device`. */
export async function openDevice(
  source: true | MediaTrackConstraints,
  devices: MediaDevicesLike | undefined,
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
  const name = cause instanceof Error || cause instanceof DOMException ? cause.name : "";
  const [step, message] = causes[name] ?? [
    "device" as const,
    `The microphone could not be opened: ${said(cause)}.`,
  ];
  return callFailed(message, { step, cause });
}
