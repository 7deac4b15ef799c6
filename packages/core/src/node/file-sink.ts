import { closeSync, fdatasync, openSync, write, writeSync } from "node:fs";
import { RealtimeError } from "../error.ts";
import type { LineSink } from "../line-sink.ts";

/** A sink that writes a file. */
export interface FileSink extends LineSink {
  readonly path: string;
  readonly bufferedBytes: number;
  /** Resolves when every line is on the disk and the file is closed. Calling it again is harmless. */
  close(): Promise<void>;
}

/** Bytes that belong at one place of the file. */
interface Batch {
  readonly bytes: Buffer;
  readonly position: number;
}

/** What must be written before the process ends. */
const unfinished = new Set<() => void>();
let watching = false;

/**
 * Writes lines to a new file, whole lines at a time and without blocking. A file that is there is refused with
 * `invalid_argument`, unless `overwrite` is set.
 *
 * Lines that wait when the process exits, also by an exception, are written then. A process that is killed loses what
 * it had not handed over, and leaves half a line at most, which `readRecording` reports and reads around.
 */
export function fileSink(path: string, options: { readonly overwrite?: boolean | undefined } = {}): FileSink {
  const file = opened(path, options.overwrite === true ? "w" : "wx");
  let waiting: string[] = [];
  let waitingBytes = 0;
  let underWay: Batch | undefined;
  let position = 0;
  let failure: { readonly cause: unknown } | undefined;
  let pumping: Promise<void> | undefined;
  let closing: Promise<void> | undefined;

  function takeBatch(): Batch | undefined {
    if (waiting.length === 0) return undefined;
    const batch = { bytes: Buffer.from(waiting.join("")), position };
    position += batch.bytes.length;
    waiting = [];
    waitingBytes = 0;
    return batch;
  }

  async function pump(): Promise<void> {
    try {
      for (underWay = takeBatch(); underWay !== undefined; underWay = takeBatch()) await put(file, underWay);
    } catch (cause) {
      failure = { cause };
    }
    pumping = undefined;
  }

  /** What is under way is written once more, at the same place: nobody will see its end. */
  function writeNow(): void {
    for (let batch = underWay ?? takeBatch(); batch !== undefined; batch = takeBatch()) {
      writeSync(file, batch.bytes, 0, batch.bytes.length, batch.position);
    }
  }

  async function finish(): Promise<void> {
    await pumping;
    unfinished.delete(writeNow);
    try {
      if (failure === undefined) await toDisk(file);
    } finally {
      closeSync(file);
    }
    if (failure !== undefined) throw failure.cause;
  }

  unfinished.add(writeNow);
  watchExit();

  return {
    path,
    get bufferedBytes() {
      return waitingBytes + (underWay?.bytes.length ?? 0);
    },
    write(line) {
      if (failure !== undefined) throw failure.cause;
      if (closing !== undefined) throw new RealtimeError("invalid_state", `${path} is closed already.`);
      waiting.push(`${line}\n`);
      waitingBytes += Buffer.byteLength(line) + 1;
      pumping ??= pump();
    },
    close() {
      closing ??= finish();
      return closing;
    },
  };
}

function opened(path: string, flags: string): number {
  try {
    return openSync(path, flags);
  } catch (cause) {
    const exists = cause instanceof Error && "code" in cause && cause.code === "EEXIST";
    const why = cause instanceof Error ? cause.message : String(cause);
    const message = exists
      ? `${path} is there already: choose another name, or say that it may be overwritten.`
      : `Cannot record to ${path}: ${why}`;
    throw new RealtimeError("invalid_argument", message, { cause });
  }
}

/** Writes all of a batch, however many calls that takes. */
function put(file: number, { bytes, position }: Batch): Promise<void> {
  return new Promise((resolve, reject) => {
    const from = (offset: number) =>
      write(file, bytes, offset, bytes.length - offset, position + offset, (error, written) => {
        if (error !== null) reject(error);
        else if (offset + written < bytes.length) from(offset + written);
        else resolve();
      });
    from(0);
  });
}

/** Waits until the disk has it. Files that cannot wait for that, such as a pipe, have it as far as can be told. */
function toDisk(file: number): Promise<void> {
  return new Promise((resolve) => fdatasync(file, () => resolve()));
}

function watchExit(): void {
  if (watching) return;
  watching = true;
  process.on("exit", () => {
    for (const writeNow of unfinished) {
      try {
        writeNow();
      } catch {
        // The process ends: nobody is there to be told, and the other files still want their lines.
      }
    }
  });
}
