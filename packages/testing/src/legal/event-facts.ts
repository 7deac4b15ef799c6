import type { UnknownEvent, WireEvent } from "@duologue/protocol";

/** What an event belongs to, as far as its place among others depends on it. */
export interface EventFacts {
  readonly type: string;
  /** Events of one stream keep their order. */
  readonly stream: string;
  /** The item that the event is about. */
  readonly item?: string;
  /** The content part that the event is about, of all items. */
  readonly part?: string;
  /** The response that the event belongs to. */
  readonly response?: string;
  /** Whether that response is out of band, where the event says so. */
  readonly outOfBand: boolean;
  /** Items of a response that ends. */
  readonly output: readonly string[];
}

/** The stream of what the server does to the conversation, one thing after the other. */
export const conversationStream = "conversation";

/** The facts of a server event. Total: fields that are missing or wrong are taken for absent. */
export function eventFacts(event: WireEvent | UnknownEvent): EventFacts {
  const { type } = event;
  const sent: Readonly<Record<string, unknown>> = { ...event };
  const responseObject = fieldsOf(sent.response);
  const item = textIn(sent, "item_id") ?? textIn(fieldsOf(sent.item), "id");
  const response = textIn(sent, "response_id") ?? textIn(responseObject, "id");
  const part =
    item !== undefined && "content_index" in sent ? `${item}/${String(sent.content_index)}` : undefined;
  const output = Array.isArray(responseObject?.output) ? responseObject.output : [];
  return {
    type,
    stream: streamOf(type, part ?? item ?? "", response),
    outOfBand: responseObject?.conversation_id === null,
    output: output.flatMap((value: unknown) => textIn(fieldsOf(value), "id") ?? []),
    ...(item === undefined ? {} : { item }),
    ...(part === undefined ? {} : { part }),
    ...(response === undefined ? {} : { response }),
  };
}

/** Events that come in pieces, each kind of a part in its own stream. */
const pieces =
  /^response\.(?:output_text|output_audio|output_audio_transcript|function_call_arguments|mcp_call_arguments)\b/;

function streamOf(type: string, place: string, response: string | undefined): string {
  if (type.startsWith("conversation.item.input_audio_transcription.")) return `transcription ${place}`;
  const [family] = pieces.exec(type) ?? [];
  if (family !== undefined) return `${family} ${place}`;
  if (type === "conversation.item.done") return `done ${place}`;
  if (/^(?:response\.mcp_call|mcp_list_tools)\./.test(type)) return `mcp ${place}`;
  if (type.startsWith("output_audio_buffer.")) return `playback ${response}`;
  if (type === "rate_limits.updated") return type;
  if (response !== undefined) return `response ${response}`;
  return conversationStream;
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === "object" && value !== null ? { ...value } : undefined;
}

function textIn(fields: Readonly<Record<string, unknown>> | undefined, name: string): string | undefined {
  const value = fields?.[name];
  return typeof value === "string" ? value : undefined;
}
