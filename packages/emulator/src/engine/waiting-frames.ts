import type { EngineInput } from "./engine-input.ts";

/** What a client sends. */
export type ClientFrame = Extract<EngineInput, { type: "frame" | "binary" }>;

/** How many bytes a frame that waits holds, estimated: base64 and JSON have one a character. */
export function frameBytes(frame: ClientFrame): number {
  return frame.type === "frame" ? frame.text.length : 0;
}
