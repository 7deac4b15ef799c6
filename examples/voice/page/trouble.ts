import { AudioDeviceError } from "@duologue/audio/browser";
import { RealtimeError, type Status } from "@duologue/core";
import { failedStep } from "@duologue/transport-webrtc";

/** Something that went wrong, in words for whoever uses the page. */
export interface Trouble {
  readonly title: string;
  /** What to do. */
  readonly advice: string;
  /** What the page itself can do about it. */
  readonly remedy: "again" | "in writing" | "none";
}

/** What a failed call, or a device that could not be used, means to a person. */
export function trouble(error: unknown): Trouble {
  const advice = error instanceof Error ? error.message : String(error);
  if (isAboutMicrophone(error)) {
    const title = isForbidden(error) ? "The microphone is not allowed" : "There is no microphone to use";
    return { title, advice, remedy: "in writing" };
  }
  if (AudioDeviceError.is(error)) return { title: "The sound does not work", advice, remedy: "again" };
  if (!RealtimeError.is(error)) return { title: "Something went wrong", advice, remedy: "again" };
  if (error.code === "fatal")
    return { title: "The service refused this conversation", advice, remedy: "none" };
  const isAboutConnecting = ["connect_failed", "timeout", "closed"].includes(error.code);
  return {
    title: isAboutConnecting ? "The service cannot be reached" : "That did not work",
    advice,
    remedy: isAboutConnecting ? "again" : "none",
  };
}

/** What the end of a session means to a person; nothing where it was wanted. */
export function endTrouble(status: Status): Trouble | undefined {
  if (status.state !== "closed" || status.code === 1000) return undefined;
  return {
    title: "The conversation was broken off",
    advice: status.reason === "" ? "Check the network, then begin a new one." : status.reason,
    remedy: "again",
  };
}

function isForbidden(error: unknown): boolean {
  return (
    failedStep(error) === "permission" || (AudioDeviceError.is(error) && error.code === "permission_denied")
  );
}

function isAboutMicrophone(error: unknown): boolean {
  if (isForbidden(error) || failedStep(error) === "device") return true;
  return (
    AudioDeviceError.is(error) &&
    ["device_not_found", "device_busy", "device_lost", "insecure_context"].includes(error.code)
  );
}
