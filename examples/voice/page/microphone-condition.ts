/**
 * How a microphone is. `off`: none has been asked for. `asking`: a person may be reading the browser's question. `paused`:
 * the system keeps it silent for now, and lets it go on. `gone`: it was unplugged, or is no longer allowed.
 */
export type MicrophoneCondition = "off" | "asking" | "on" | "paused" | "gone";

/** What a microphone tells of itself, that of a call as well as that of worklets. */
export interface ToldOfMicrophone {
  readonly status: "off" | "opening" | "on" | "ended";
  readonly pausedBySystem: boolean;
}

export function microphoneCondition({ status, pausedBySystem }: ToldOfMicrophone): MicrophoneCondition {
  if (status === "on") return pausedBySystem ? "paused" : "on";
  return ({ off: "off", opening: "asking", ended: "gone" } as const)[status];
}
