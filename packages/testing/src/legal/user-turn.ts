import type { ServerItem } from "@duologue/protocol";
import type { SessionScript } from "./session-script.ts";
import { silence, someWords } from "./words.ts";

/** What is left to send of a user's turn: its transcript, which may come at any time. */
export type LateTranscript = () => void;

/** A turn that the user wrote. */
export function written(script: SessionScript): void {
  const text = someWords(script.choose).join("");
  const item: ServerItem = {
    id: script.id("item"),
    type: "message",
    role: "user",
    content: [{ type: "input_text", text }],
  };
  script.client({ type: "conversation.item.create", event_id: script.id("cmd"), item });
  const added: ServerItem = { ...item, status: "completed" };
  const previous_item_id = script.add(added);
  script.server({ type: "conversation.item.done", previous_item_id, item: added });
  script.items.set(item.id, { id: item.id, type: "message", role: "user", status: "completed", text });
}

/** A turn that the user spoke, found by the server's ear or committed by hand. */
export function spoken(script: SessionScript, byHand: boolean): LateTranscript {
  const id = script.id("item");
  script.client({ type: "input_audio_buffer.append", audio: silence(20) });
  if (byHand) {
    script.client({ type: "input_audio_buffer.commit", event_id: script.id("cmd") });
  } else {
    speechBegins(script, id);
    script.server({ type: "input_audio_buffer.speech_stopped", item_id: id, audio_end_ms: 900 });
  }
  return committed(script, id);
}

/** The first sign of a spoken turn, which interrupts the assistant. */
export function speechBegins(script: SessionScript, id: string): void {
  script.server({ type: "input_audio_buffer.speech_started", item_id: id, audio_start_ms: 300 });
}

/** The rest of a spoken turn of which the server has heard the end. */
export function committed(script: SessionScript, id: string): LateTranscript {
  const item: ServerItem = {
    id,
    type: "message",
    role: "user",
    status: "completed",
    content: [{ type: "input_audio", transcript: null }],
  };
  const previous_item_id = script.order.at(-1) ?? null;
  script.server({ type: "input_audio_buffer.committed", item_id: id, previous_item_id });
  script.add(item);
  script.server({ type: "conversation.item.done", previous_item_id, item });
  script.items.set(id, { id, type: "message", role: "user", status: "completed", text: "" });
  return transcriptOf(script, id);
}

function transcriptOf(script: SessionScript, id: string): LateTranscript {
  const outcome = script.choose(4);
  const words = someWords(script.choose);
  const place = { item_id: id, content_index: 0 };
  const family = "conversation.item.input_audio_transcription";
  return () => {
    if (outcome === 3) return;
    for (const delta of words) script.server({ type: `${family}.delta`, ...place, delta });
    if (outcome === 2) {
      script.server({
        type: `${family}.failed`,
        ...place,
        error: { type: "server_error", code: "audio_unintelligible", message: "Nothing was understood." },
      });
      const said = script.items.get(id);
      if (said !== undefined) script.items.set(id, { ...said, text: words.join("") });
      return;
    }
    const transcript = words.join("");
    const usage = { type: "tokens", total_tokens: 5, input_tokens: 3, output_tokens: 2 } as const;
    script.server({ type: `${family}.completed`, ...place, transcript, usage });
    const said = script.items.get(id);
    if (said !== undefined) script.items.set(id, { ...said, text: transcript });
  };
}
