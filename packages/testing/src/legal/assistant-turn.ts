import type { ServerItem } from "@duologue/protocol";
import {
  type Answer,
  answerBegins,
  answerEnds,
  type Breakage,
  calls,
  type Message,
  messageBegins,
  messageEnds,
  says,
} from "./answer.ts";
import { calledElsewhere } from "./mcp-turn.ts";
import type { SessionScript } from "./session-script.ts";
import { committed, type LateTranscript, speechBegins } from "./user-turn.ts";
import { someWords } from "./words.ts";

/** How an answer comes to its end. */
type Ending =
  | "completed"
  | "called"
  | "called elsewhere"
  | "cut while made"
  | "cut while played"
  | "cancelled"
  | "incomplete"
  | "failed";

const endings: readonly Ending[] = [
  "completed",
  "called",
  "called elsewhere",
  "cut while made",
  "cut while played",
  "cancelled",
  "incomplete",
  "failed",
];

/**
 * The assistant's answer, with all that follows from it: tools and the answer to their outputs, or the user's next
 * turn where that interrupts. `asked`: whether the program asks for it, rather than the server giving it by itself.
 */
export function answered(script: SessionScript, asked: boolean): LateTranscript {
  if (asked) script.client({ type: "response.create", event_id: script.id("ask") });
  const beside = script.perhaps(5) ? beginsBeside(script) : undefined;
  const answer = answerBegins(script);
  const late = carriedOn(script, answer, endings[script.choose(endings.length)] ?? "completed");
  beside?.();
  return late;
}

function carriedOn(script: SessionScript, answer: Answer, ending: Ending): LateTranscript {
  const nothing = () => {};
  switch (ending) {
    case "called":
      return called(script, answer);
    case "called elsewhere":
      if (script.perhaps()) wholeMessage(script, answer);
      calledElsewhere(script, answer);
      return answered(script, true);
    case "cut while made":
      return cutWhileMade(script, answer);
    case "cut while played":
      return cutWhilePlayed(script, answer);
    case "cancelled":
      script.client({ type: "response.cancel", event_id: script.id("cmd"), response_id: answer.id });
      brokenOff(script, answer, ending, "client_cancelled");
      return nothing;
    case "incomplete":
    case "failed":
      brokenOff(script, answer, ending);
      return nothing;
    default:
      wholeMessage(script, answer);
      answerEnds(script, answer, "completed");
      if (script.perhaps()) played(script, answer, "finished");
      return nothing;
  }
}

/** One or more functions, their outputs, and the answer to those. */
function called(script: SessionScript, answer: Answer): LateTranscript {
  if (script.perhaps()) wholeMessage(script, answer);
  const callIds = Array.from({ length: 1 + script.choose(3) }, () => calls(script, answer));
  answerEnds(script, answer, "completed");
  for (const callId of callIds) {
    const output = someWords(script.choose).join("");
    const item: ServerItem = { id: script.id("item"), type: "function_call_output", call_id: callId, output };
    script.client({ type: "conversation.item.create", event_id: script.id("cmd"), item });
    script.put(item);
    script.items.set(item.id, { id: item.id, type: item.type, status: "completed", text: output });
  }
  return answered(script, true);
}

/** The user speaks while the answer is made: the server cancels it, we cut it where it was heard. */
function cutWhileMade(script: SessionScript, answer: Answer): LateTranscript {
  const message = halfMessage(script, answer);
  const next = script.id("item");
  if (message.sound) progress(script, message, 100);
  speechBegins(script, next);
  const late = script.perhaps() ? " and" : "";
  if (late !== "") says(script, answer, message, late);
  messageEnds(script, answer, message, false);
  answerEnds(script, answer, "cancelled", "turn_detected");
  cut(script, message, 120);
  return speechEnds(script, next);
}

/** The user speaks while the answer, long made, is still played. */
function cutWhilePlayed(script: SessionScript, answer: Answer): LateTranscript {
  const message = wholeMessage(script, answer);
  answerEnds(script, answer, "completed");
  const next = script.id("item");
  if (message.sound) progress(script, message, 100);
  speechBegins(script, next);
  cut(script, message, 140);
  return speechEnds(script, next);
}

function speechEnds(script: SessionScript, id: string): LateTranscript {
  script.server({ type: "input_audio_buffer.speech_stopped", item_id: id, audio_end_ms: 1_900 });
  const transcript = committed(script, id);
  const late = answered(script, false);
  return () => {
    transcript();
    late();
  };
}

function cut(script: SessionScript, { id, sound }: Message, heardMs: number): void {
  if (!sound) return;
  script.local({ type: "playback.flushed", itemId: id, contentIndex: 0, heardMs });
  const place = { item_id: id, content_index: 0, audio_end_ms: heardMs };
  script.client({ type: "conversation.item.truncate", event_id: script.id("cmd"), ...place });
  script.server({ type: "conversation.item.truncated", ...place });
}

function wholeMessage(script: SessionScript, answer: Answer): Message {
  const message = halfMessage(script, answer);
  messageEnds(script, answer, message);
  return message;
}

function halfMessage(script: SessionScript, answer: Answer): Message {
  const message = messageBegins(script, answer);
  for (const words of someWords(script.choose)) says(script, answer, message, words);
  return message;
}

function brokenOff(script: SessionScript, answer: Answer, status: Breakage, reason?: string): void {
  if (script.perhaps(4)) wholeMessage(script, answer);
  if (!script.perhaps(4)) messageEnds(script, answer, halfMessage(script, answer), false);
  answerEnds(script, answer, status, reason);
}

function progress(script: SessionScript, { id }: Message, heardMs: number): void {
  script.local({ type: "playback.progress", itemId: id, contentIndex: 0, heardMs });
}

function played(script: SessionScript, answer: Answer, type: "finished"): void {
  for (const { id } of answer.output) {
    if (script.modality === "text") continue;
    script.local({ type: `playback.${type}`, itemId: id, contentIndex: 0, heardMs: 200 });
  }
}

/** A response out of band that runs beside the next one. Returns what ends it. */
function beginsBeside(script: SessionScript): () => void {
  const metadata = { topic: "summary" };
  script.client({
    type: "response.create",
    event_id: script.id("ask"),
    response: { conversation: "none", output_modalities: ["text"], metadata },
  });
  const answer = answerBegins(script, true, metadata);
  const message = messageBegins(script, answer);
  says(script, answer, message, "in short:");
  return () => {
    says(script, answer, message, " much was said");
    messageEnds(script, answer, message);
    answerEnds(script, answer, "completed");
  };
}
