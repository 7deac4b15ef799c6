import type { AudioFormatType } from "@duologue/audio";
import type { McpTool, ResponseConfig, ResponseStatusDetails, ServerItem, Voice } from "@duologue/protocol";
import type { Speech } from "../voice/speech.ts";
import type { AnswerDue } from "./answer-due.ts";
import type { EngineState } from "./engine-state.ts";
import type { InputTokens } from "./usage.ts";

/** How an item ends. */
export type ItemEnd = "completed" | "incomplete";

/** How a response ends. */
export interface ResponseEnd {
  readonly status: "completed" | "cancelled" | "failed" | "incomplete";
  /** `null` for one that completed. */
  readonly details: ResponseStatusDetails | null;
}

/** One step of a response, and when it is due. */
export type Beat = { readonly atMs: number } /** The message begins. */ & (
  | { readonly type: "message" }
  /** A call begins: of a function, or of a tool of the MCP server with this label. */
  | { readonly type: "call"; readonly name: string; readonly server: string | undefined }
  /** The open item goes on: words of a message, or arguments of a call. */
  | { readonly type: "text"; readonly delta: string }
  /** The open message goes on sounding: with the samples of a speech from `from` up to, not including, `to`. */
  | { readonly type: "audio"; readonly speech: Speech; readonly from: number; readonly to: number }
  /** The open item ends. */
  | { readonly type: "close"; readonly end: ItemEnd }
  /** The response asks for another plan, and goes on. */
  | { readonly type: "continue" }
  /** The response ends. */
  | { readonly type: "end"; readonly end: ResponseEnd }
);

/** The item that a response is making. */
export interface OpenItem {
  readonly item: ServerItem;
  readonly previousItemId: string | null;
  /** What has been written of it: text, transcript or arguments. */
  readonly written: string;
}

/** A response between `response.created` and `response.done`. */
export interface RunningResponse {
  readonly id: string;
  /** How many responses of the session began before it. */
  readonly turn: number;
  /** Whether it writes nowhere: `conversation: "none"`. */
  readonly outOfBand: boolean;
  readonly modality: "audio" | "text";
  readonly format: AudioFormatType;
  /** What its sound is made in: its format, or 24 kHz for a media track, which has an encoding of its own. */
  readonly soundFormat: AudioFormatType;
  readonly voice: Voice;
  readonly speed: number;
  readonly maxOutputTokens: number | "inf";
  readonly metadata: Readonly<Record<string, string>> | null;
  readonly inputTokens: InputTokens;
  /** What the client gave for it. */
  readonly config: ResponseConfig;
  /** The MCP servers whose tools it may call. */
  readonly mcpTools: readonly McpTool[];
  /** Nothing comes of it before: it waits for the tools of MCP servers that it has named first. */
  readonly startsAfterMs: number | undefined;
  /** Since when it waits for a call of an MCP tool. */
  readonly pausedMs: number | undefined;
  /** What it will do, in order; `undefined` until the brain has answered, and a voice that takes its time. */
  readonly beats: readonly Beat[] | undefined;
  /** Whom it waits for, and when it fails unless the answer has come. */
  readonly answerDue: AnswerDue | undefined;
  /** How many beats are done. */
  readonly nextBeat: number;
  /** The items that it has made, and then the one that it is making. */
  readonly output: readonly ServerItem[];
  readonly open: OpenItem | undefined;
  /** What it has put out so far. */
  readonly textTokens: number;
  readonly audioMs: number;
}

/** The state with a running response replaced, or taken away where `changed` is `undefined`. */
export function withResponse(
  state: EngineState,
  id: string,
  changed: RunningResponse | undefined,
): EngineState {
  const index = state.responses.findIndex((response) => response.id === id);
  if (index === -1) return state;
  const replacement = changed === undefined ? [] : [changed];
  return { ...state, responses: state.responses.toSpliced(index, 1, ...replacement) };
}
