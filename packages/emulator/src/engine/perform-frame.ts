import { type Command, type CommandOf, readFrame } from "../wire/command.ts";
import { type Performed, type Refusal, refusal } from "../wire/refusal.ts";
import { change, type Draft, sendError } from "./draft.ts";
import { appendAudio, clearAudio, commitBuffer } from "./input-audio-commands.ts";
import { clearPlayback } from "./interruption.ts";
import { deleteItem, retrieveItem } from "./item-commands.ts";
import { createItem } from "./item-create.ts";
import { truncateItem } from "./item-truncate.ts";
import { byteLimit } from "./limits.ts";
import { cancelResponse, createResponse } from "./response-create.ts";
import { updateSession } from "./session-update.ts";
import { updateTranscriptionSession } from "./transcription-session.ts";
import { performTranslation } from "./translation-commands.ts";
import { type ClientFrame, frameBytes } from "./waiting-frames.ts";

/** Takes a frame of the client: at once, or behind what it sent before where that is still listened to. */
export function takeFrame(draft: Draft, frame: ClientFrame): void {
  const { unheard, waitingFrames } = draft.state;
  if (unheard === undefined && waitingFrames.length === 0) {
    answerFrame(draft, frame);
    return;
  }
  const limited = byteLimit(draft, frameBytes(frame));
  if (limited === undefined) change(draft, { waitingFrames: [...waitingFrames, frame] });
  else sendError(draft, limited, { sender: frame.sender });
}

/** The first of the frames that wait has its turn. */
export function takeWaitingFrame(draft: Draft, frame: ClientFrame): void {
  change(draft, { waitingFrames: draft.state.waitingFrames.slice(1) });
  answerFrame(draft, frame);
}

function answerFrame(draft: Draft, frame: ClientFrame): void {
  if (frame.type === "binary") {
    const message = "Expected a text WebSocket message; binary frames are not supported.";
    sendError(draft, refusal("invalid_event", message), { sender: frame.sender });
    return;
  }
  const { refused, commandId } = performFrame(draft, frame.text);
  if (refused !== undefined) sendError(draft, refused, { commandId, sender: frame.sender });
}

/** Carries out a client's frame, or says why not. */
export function performFrame(draft: Draft, frame: string): Performed {
  const { kind, audio } = draft.state;
  if (kind === "translation") return performTranslation(draft, frame);
  const read = readFrame(frame, audio);
  const { commandId } = read;
  return { refused: "refused" in read ? read.refused : perform(draft, read.command), commandId };
}

type Handlers = {
  readonly [T in Command["type"]]: (draft: Draft, command: CommandOf<T>) => Refusal | undefined;
};

const handlers = {
  "session.update": (draft, command) =>
    draft.state.kind === "transcription"
      ? updateTranscriptionSession(draft, command)
      : updateSession(draft, command),
  "input_audio_buffer.append": appendAudio,
  "input_audio_buffer.commit": commitBuffer,
  "input_audio_buffer.clear": clearAudio,
  "conversation.item.create": createItem,
  "conversation.item.truncate": truncateItem,
  "conversation.item.delete": deleteItem,
  "conversation.item.retrieve": retrieveItem,
  "response.create": (draft, { response = {} }) => createResponse(draft, response),
  "response.cancel": cancelResponse,
  "output_audio_buffer.clear": clearPlayback,
} satisfies Handlers;

function perform(draft: Draft, command: Command): Refusal | undefined {
  // The handler found under a command's type takes commands of that type.
  const handler = handlers[command.type] as (draft: Draft, command: Command) => Refusal | undefined;
  return handler(draft, command);
}
