import { mkdir, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import {
  type Clock,
  type Entry,
  RealtimeError,
  type RecordingWriter,
  recordingWriter,
  systemClock,
} from "@duologue/core";
import { type FileSink, fileSink } from "@duologue/core/node";
import { isNestedDeeper, mostLevels, openaiRealtime, openaiTranslation } from "@duologue/protocol";
import type { LiveSession, SessionObserver } from "../mouth/live-session.ts";
import { fileFault } from "../terminal/file-fault.ts";
import { tooManyValues } from "../wire/client-event.ts";
import { messageOf } from "../wire/message-of.ts";
import { isObject } from "../wire/shape.ts";

/** Records sessions to files of a folder. */
export interface SessionRecordings {
  /** Records one session. Clients that are turned away are not worth a file. */
  observe(session: LiveSession): SessionObserver;
  /** Resolves when the files of all sessions that have ended are complete. */
  finished(): Promise<void>;
}

/** What they need. */
export interface SessionRecordingsOptions {
  readonly clock?: Clock;
  readonly epochMs?: () => number;
  /** Told in one sentence when a session goes on unrecorded, or its file is not complete. */
  readonly onProblem: (message: string) => void;
}

/** Makes the folder where it is not there. Rejects where it cannot be made. */
export async function sessionRecordings(
  folder: string,
  options: SessionRecordingsOptions,
): Promise<SessionRecordings> {
  const { clock = systemClock(), epochMs = Date.now, onProblem } = options;
  await makeFolder(resolve(folder)).catch((cause: unknown) => {
    throw new Error(`The folder ${folder} for recordings cannot be made: ${fileFault(cause)}.`, { cause });
  });
  const unfinished = new Set<Promise<void>>();

  function begin(
    session: LiveSession,
  ): { readonly sink: FileSink; readonly writer: RecordingWriter } | undefined {
    const name = `${new Date(epochMs()).toISOString().replaceAll(":", "-")}-${session.id || session.carrier}`;
    let sink: FileSink;
    try {
      sink = freeFile(join(folder, name));
    } catch (error) {
      onProblem(`A session goes on unrecorded: ${messageOf(error)}`);
      return undefined;
    }
    const writer = recordingWriter(sink, {
      protocol: session.kind === "translation" ? openaiTranslation.name : openaiRealtime.name,
      header: { ...(session.model !== "" && { model: session.model }), recordedBy: "duologue emulator" },
      onStop: ({ message }) => onProblem(`${sink.path}: ${message}`),
    });
    const audio = session.carrier === "websocket" ? "events" : "media";
    writer.write({ at: 0, from: "local", event: { type: "link.opened", transport: session.carrier, audio } });
    return { sink, writer };
  }

  return {
    observe(session) {
      const at = () => Math.round((clock.now() - session.openedAtMs) * 1000) / 1000;
      let recording: ReturnType<typeof begin>;
      return {
        opened() {
          recording = begin(session);
        },
        server: (frame) => recording?.writer.write(frameEntry(at(), "server", frame)),
        client: (frame) => recording?.writer.write(frameEntry(at(), "client", frame)),
        closed(code, reason) {
          if (recording === undefined) return;
          const { sink, writer } = recording;
          writer.write({ at: at(), from: "local", event: { type: "link.closed", code, reason } });
          const kept = sink
            .close()
            .catch((error: unknown) => onProblem(`${sink.path} is not complete: ${messageOf(error)}`));
          unfinished.add(kept);
          kept.finally(() => unfinished.delete(kept));
        },
      };
    },
    finished: async () => void (await Promise.all(unfinished)),
  };
}

/**
 * Makes a folder and those above it. Node's own way of doing so tries for ever where a file system takes no folders, as
 * below `/proc`.
 */
async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "EEXIST" && (await stat(path)).isDirectory()) return;
    if (code !== "ENOENT" || dirname(path) === path) throw error;
    await makeFolder(dirname(path));
    await mkdir(path);
  }
}

/** Opens the first of `talk.jsonl`, `talk-2.jsonl` … that is not there yet. */
function freeFile(path: string): FileSink {
  for (let number = 1; ; number++) {
    try {
      return fileSink(`${path}${number === 1 ? "" : `-${number}`}.jsonl`);
    } catch (error) {
      const cause = RealtimeError.is(error) ? error.cause : undefined;
      if (!(cause instanceof Error && "code" in cause && cause.code === "EEXIST")) throw error;
    }
  }
}

function frameEntry(at: number, from: "server" | "client", text: string): Entry {
  try {
    // One of too many values was not read by the service either.
    const isLarge = from === "client" && tooManyValues(text, "The event") !== undefined;
    const event: unknown = isLarge ? undefined : JSON.parse(text);
    // What has a type is an event of that side, known or not; one that is nested without end can only be kept as text.
    if (isObject(event) && typeof event.type === "string" && !isNestedDeeper(event, text, mostLevels)) {
      return { at, from, event } as Entry;
    }
  } catch {
    // Kept as the text that it is.
  }
  return { at, from: "local", event: { type: "frame.undecodable", from, text, reason: "not an event" } };
}
