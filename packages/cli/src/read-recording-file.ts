import { readFile } from "node:fs/promises";
import { RealtimeError, type Recording, readRecording } from "@duologue/core";
import { fileFault } from "@duologue/emulator/terminal";
import { type ClientEvent, openaiRealtime, type Protocol, type ServerEvent } from "@duologue/protocol";
import { UnavailableError } from "./command.ts";

/** Reads a recording from disk. Throws `UnavailableError` when there is no such file or it is no recording. */
export async function readRecordingFile(path: string): Promise<Recording> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    throw new UnavailableError(`Cannot read ${path}: ${fileFault(error)}.`);
  }
  try {
    return readRecording(text);
  } catch (error) {
    if (RealtimeError.is(error)) throw new UnavailableError(`${path}: ${error.message}`);
    throw error;
  }
}

/** The protocol that a recording says it was made with. Throws `UnavailableError` for one that is not known. */
export function protocolOf(path: string, recording: Recording): Protocol<ClientEvent, ServerEvent> {
  const { protocol } = recording.header;
  if (protocol === openaiRealtime.name) return openaiRealtime;
  throw new UnavailableError(
    `${path} speaks the protocol "${protocol}"; this command knows "${openaiRealtime.name}".`,
  );
}
