import { existsSync } from "node:fs";
import { dirname, extname } from "node:path";
import { RealtimeError } from "@duologue/core";
import { type FileSink, fileSink } from "@duologue/core/node";
import { UnavailableError } from "../command.ts";

/** Throws `UnavailableError` where no file can be made because its folder is not there. */
export function requireFolderOf(path: string): void {
  const folder = dirname(path);
  if (!existsSync(folder)) throw new UnavailableError(`There is no folder ${folder} for the recording.`);
}

/** Opens the first of `talk.jsonl`, `talk-2.jsonl`, `talk-3.jsonl` … that is not there yet: no recording is lost. */
export function freeFile(path: string): FileSink {
  for (let number = 1; ; number++) {
    try {
      return fileSink(number === 1 ? path : numbered(path, number));
    } catch (error) {
      if (!RealtimeError.is(error) || !isThere(error.cause)) throw error;
    }
  }
}

function numbered(path: string, number: number): string {
  const extension = extname(path);
  return `${path.slice(0, path.length - extension.length)}-${number}${extension}`;
}

function isThere(cause: unknown): boolean {
  return cause instanceof Error && "code" in cause && cause.code === "EEXIST";
}
