import { conversationStream, type EventFacts } from "./event-facts.ts";

const isTranscription = ({ type }: EventFacts) =>
  type.startsWith("conversation.item.input_audio_transcription.");
const isSession = ({ type }: EventFacts) => type.startsWith("session.") || type === "conversation.created";
const isDelta = ({ type }: EventFacts) => type.startsWith("response.") && type.endsWith(".delta");
const begins = ({ type }: EventFacts) =>
  type === "conversation.item.added" || type === "response.output_item.added";
const ends = ({ type }: EventFacts) =>
  type === "conversation.item.done" || type === "response.output_item.done";

/** Events of which nothing else depends, and that depend on nothing else, but for their own stream. */
const isAside = (event: EventFacts) => isTranscription(event) || event.type === "rate_limits.updated";

/**
 * Whether the server event `a`, which a server sent first, has to arrive before `b`. The Realtime protocol promises
 * less order than its servers keep: transcripts come whenever they are ready, the two announcements and the two ends
 * of an item in either order, and what belongs to different parts, items and responses is independent.
 *
 * Source: sessions of live services, and the guides' description of each event.
 */
export function mustPrecede(a: EventFacts, b: EventFacts): boolean {
  if (a.stream === b.stream || isSession(a)) return true;
  if (isSession(b)) return !isAside(a);
  if (isSpeechStart(a) || isSpeechStart(b)) return !isAside(a) && !isAside(b) && !isDelta(a);
  if (b.type === "response.created") return precedesResponse(a, b);
  if (isEdge(a) && isEdge(b) && (a.type === "error" || b.type === "error")) return true;
  if (a.type === "response.done" && b.type === "rate_limits.updated") return true;
  return withinResponse(a, b) || aboutItem(a, b);
}

/** What an error is about, since it may say that a response runs or does not. */
const isEdge = ({ type }: EventFacts) =>
  type === "error" || type === "response.created" || type === "response.done";

/** A new turn of the user comes after what it reacts to; late deltas of what it interrupts may follow it. */
const isSpeechStart = ({ type }: EventFacts) => type === "input_audio_buffer.speech_started";

/** Responses begin in the order of their requests; those of the conversation one after the other. */
function precedesResponse(a: EventFacts, b: EventFacts): boolean {
  if (a.stream === conversationStream || a.type === "response.created") return true;
  return a.type === "response.done" && !a.outOfBand && !b.outOfBand;
}

function withinResponse(a: EventFacts, b: EventFacts): boolean {
  if (a.response === undefined || a.response !== b.response) return false;
  if (a.type === "response.created" || a.type === "response.done") return true;
  if (a.type === "response.content_part.added" && b.stream.startsWith("playback ")) return true;
  return b.type === "response.done" && !a.stream.startsWith("playback ");
}

function aboutItem(a: EventFacts, b: EventFacts): boolean {
  if (a.item === undefined) return false;
  if (a.item !== b.item) {
    return b.type === "response.done" && b.output.includes(a.item) && (begins(a) || ends(a));
  }
  if (a.type === "conversation.item.deleted") return true;
  if (b.type === "conversation.item.deleted") return !isTranscription(a);
  if (begins(a)) return !begins(b);
  if (a.type === "input_audio_buffer.committed") return true;
  // The server's word on a cut comes among the last events of the item that it cuts.
  if (a.type === "conversation.item.truncated" || isTranscription(a) || a.stream.startsWith("mcp "))
    return false;
  if (ends(b)) return !ends(a);
  if (a.part === undefined || a.part !== b.part) return false;
  return a.type === "response.content_part.added" || b.type === "response.content_part.done";
}
