import { base64ToBytes } from "@duologue/audio";
import type { TranslationAudio, TranslationClientEvent } from "@duologue/protocol";
import { fieldRefusal, type Performed, type Refusal, refusal } from "../wire/refusal.ts";
import { readTranslationFrame } from "../wire/translation-command.ts";
import { changeTranslation, type Draft } from "./draft.ts";
import { sendSession } from "./send-session.ts";
import { endSource } from "./translation-input.ts";
import { listenTo } from "./unheard-sound.ts";

/** Carries out a client's frame in a session that translates, or says why not. */
export function performTranslation(draft: Draft, frame: string): Performed {
  const read = readTranslationFrame(frame);
  const { commandId } = read;
  return { refused: "refused" in read ? read.refused : perform(draft, read.command), commandId };
}

function perform(draft: Draft, command: TranslationClientEvent): Refusal | undefined {
  switch (command.type) {
    case "session.update":
      update(draft, command.session.audio ?? {});
      return undefined;
    case "session.input_audio_buffer.append":
      return append(draft, command.audio);
    case "session.close":
      if (draft.state.translation.closingMs === undefined) endSource(draft);
      return undefined;
  }
}

/** Only what is present changes. */
function update(draft: Draft, { input, output }: TranslationAudio): void {
  const { audio, ...own } = draft.state.translation.session;
  const session = {
    ...own,
    audio: { input: { ...audio.input, ...input }, output: { ...audio.output, ...output } },
  };
  changeTranslation(draft, { session });
  sendSession(draft, "session.updated");
}

function append(draft: Draft, audio: string): Refusal | undefined {
  if (draft.state.translation.closingMs !== undefined)
    return refusal(null, "The session is closing: no more audio is taken.");
  let bytes: Uint8Array;
  try {
    bytes = base64ToBytes(audio);
  } catch {
    const message = "Invalid 'audio'. Expected base64-encoded audio bytes, but got an invalid value.";
    return fieldRefusal("invalid_value", "audio", message);
  }
  if (bytes.length % 2 === 1) {
    const message = "Invalid 'audio'. Expected whole samples of 16 bits, but got an odd number of bytes.";
    return fieldRefusal("invalid_value", "audio", message);
  }
  listenTo(draft, bytes, "audio/pcm");
  return undefined;
}
