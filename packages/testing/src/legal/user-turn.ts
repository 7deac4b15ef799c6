import type { ServerItem } from "@duologue/protocol";
import type { SessionScript } from "./session-script.ts";
import { silence, someWords } from "./words.ts";

/** What is left to send of a user's turn: its transcript, which may come at any time. */
export type LateTranscript = () => void;

/** A turn that the user wrote, perhaps with a picture to it. */
export function written(script: SessionScript): void {
  const text = someWords(script.choose).join("");
  const pictures = script.perhaps(4) ? 1 : 0;
  const picture = { type: "input_image", image_url: "data:image/png;base64,iVBORw0KGgo=" } as const;
  const item: ServerItem = {
    id: script.id("item"),
    type: "message",
    role: "user",
    content: [{ type: "input_text", text }, ...Array.from({ length: pictures }, () => picture)],
  };
  script.client({ type: "conversation.item.create", event_id: script.id("cmd"), item });
  script.put({ ...item, status: "completed" });
  script.items.set(item.id, {
    ...{ id: item.id, type: "message", role: "user", status: "completed", text },
    ...(pictures === 0 ? {} : { pictures }),
  });
}

/** A note of the program for the model, first of all or behind any item. */
export function noted(script: SessionScript): void {
  const text = someWords(script.choose).join("");
  const index = script.choose(script.order.length + 1);
  const previous_item_id = script.order[index - 1] ?? "root";
  const item: ServerItem = {
    id: script.id("item"),
    type: "message",
    role: "system",
    content: [{ type: "input_text", text }],
  };
  script.client({ type: "conversation.item.create", event_id: script.id("cmd"), previous_item_id, item });
  script.put({ ...item, status: "completed" }, index);
  script.items.set(item.id, { id: item.id, type: "message", role: "system", status: "completed", text });
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
  const diarized = script.perhaps(4);
  const corrected = script.perhaps(6);
  const place = { item_id: id, content_index: 0 };
  const family = "conversation.item.input_audio_transcription";
  return () => {
    if (outcome === 3) return;
    for (const delta of words) script.server({ type: `${family}.delta`, ...place, delta });
    const speakers = words.flatMap(() => (diarized ? [script.perhaps() ? "A" : "B"] : []));
    for (const [index, speaker] of speakers.entries()) {
      const times = { start: index * 1.5, end: index * 1.5 + 1.25 };
      const segment = { id: script.id("seg"), text: words[index] ?? "", speaker, ...times };
      script.server({ type: `${family}.segment`, ...place, ...segment });
    }
    const said = script.items.get(id);
    const know = (text: string) => {
      if (said === undefined || !script.items.has(id)) return;
      script.items.set(id, { ...said, text, ...(diarized ? { speakers } : {}) });
    };
    if (outcome === 2) {
      script.server({
        type: `${family}.failed`,
        ...place,
        error: { type: "server_error", code: "audio_unintelligible", message: "Nothing was understood." },
      });
      know(words.join(""));
      return;
    }
    const usage = diarized
      ? ({ type: "duration", seconds: words.length * 0.7 } as const)
      : ({ type: "tokens", total_tokens: 5, input_tokens: 3, output_tokens: 2 } as const);
    if (corrected) {
      script.server({ type: `${family}.completed`, ...place, transcript: words[0] ?? "", usage });
    }
    const transcript = words.join("");
    script.server({ type: `${family}.completed`, ...place, transcript, usage });
    know(transcript);
  };
}
