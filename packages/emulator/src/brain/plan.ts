import type { FunctionTool, Item, McpToolDescription, ToolChoice } from "@duologue/protocol";
import type { Speech } from "../voice/speech.ts";

/** A call of a tool that an answer makes. */
export interface PlannedCall {
  readonly name: string;
  /** The label of an MCP server, whose tool it is; the service runs it. Default: it is a function of the client. */
  readonly server?: string;
  /** An object, or the JSON text of one, sent as it stands. Default: `{}`. */
  readonly arguments?: Readonly<Record<string, unknown>> | string;
}

/**
 * One delta of a message: words, or sound as mono samples at 24 kHz. Sound of more than five seconds is sent as several
 * deltas, one right behind the other, so that no session has to wait for all of it.
 */
export type PlannedDelta = {
  /** Milliseconds since the delta before it, or since the message began. Default: 0. */
  readonly afterMs?: number;
} & ({ readonly text: string } | { readonly speech: Int16Array });

/**
 * What the assistant does in one response: it may say something, then call functions. An empty plan is a completed
 * response without output.
 */
export interface Plan {
  /** What is said, or written where the response is of text. */
  readonly say?: string;
  /**
   * How `say` sounds: mono samples at 24 kHz, or a `Speech` of them, which the session's `speed` makes shorter or longer.
   * Default: what the voice makes of the words.
   */
  readonly speech?: Int16Array | Speech;
  /**
   * Exactly the deltas of the message, in order, in place of `say` and `speech`, whatever the session's `speed` is. Sound
   * among them is left out of a response of text. Default: the engine cuts them by itself.
   */
  readonly deltas?: readonly PlannedDelta[];
  /** Calls in the order in which they are made; they come after what is said. */
  readonly tools?: readonly PlannedCall[];
  /** Milliseconds from `response.created` to the first output. Default: the engine's `firstOutputMs`. */
  readonly delayMs?: number;
  /** How the response ends; what is planned is sent all the same. Default: `completed`. */
  readonly status?: "completed" | "incomplete" | "failed";
  /** Why it is `incomplete`. Default: `content_filter`. */
  readonly reason?: "max_output_tokens" | "content_filter";
  /** Why it `failed`. Default: a `server_error`. */
  readonly error?: { readonly type?: string; readonly code?: string; readonly message?: string };
}

/** What a brain is told when a response wants an answer. */
export interface BrainRequest {
  readonly responseId: string;
  /** How many responses of this session began before this one. */
  readonly turn: number;
  /** Whether the answer is spoken or written. */
  readonly modality: "audio" | "text";
  readonly instructions: string;
  readonly tools: readonly FunctionTool[];
  /** The tools of MCP servers that can be called, each with the label of its server. */
  readonly mcpTools: readonly (McpToolDescription & { readonly server: string })[];
  readonly toolChoice: ToolChoice;
  readonly metadata: Readonly<Record<string, string>> | null;
  /**
   * The context, in order: the conversation so far, or the `input` of the response. As on the wire, without audio
   * bytes; the transcript of the user's speech stands in it where it is known, whether or not transcription is on.
   */
  readonly items: readonly Item[];
  /** The last speech of the user in that context, mono at 24 kHz or 8 kHz as it came in. */
  readonly heard?: { readonly samples: Int16Array; readonly sampleRateHz: number };
}

/**
 * Answers a response, within `brainTimeoutMs` of the settings. Throwing or rejecting makes the response fail with a
 * `server_error`, and so does taking longer. `signal` fires as soon as nobody waits for the answer any more: the response
 * has been cancelled or has ended, or the session is over.
 */
export type Brain = (
  request: BrainRequest,
  options: { readonly signal: AbortSignal },
) => Plan | Promise<Plan>;
