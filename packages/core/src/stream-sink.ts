import { RealtimeError } from "./error.ts";
import { optionsOf, refuse } from "./given.ts";
import type { LineSink } from "./line-sink.ts";

/** A sink in front of a stream. */
export interface StreamSink extends LineSink {
  readonly bufferedBytes: number;
  /** Closes the stream, once all lines are in it. Calling it again is harmless. */
  close(): Promise<void>;
}

const utf8 = new TextEncoder();

/**
 * Writes lines into a WHATWG stream: a file picked in a browser, a `CompressionStream`, an upload, and in Node
 * whatever `Writable.toWeb` makes of a stream. Chunks are whole lines, those that gathered while the one before was
 * taken; UTF-8 bytes unless `as` is `text`.
 *
 * The stream is locked until `close`. When it errs, the next `write` throws what it said.
 */
export function streamSink(
  stream: WritableStream<Uint8Array<ArrayBuffer>>,
  options?: { readonly as?: "bytes" | undefined },
): StreamSink;
export function streamSink(stream: WritableStream<string>, options: { readonly as: "text" }): StreamSink;
export function streamSink(
  stream: WritableStream<Uint8Array<ArrayBuffer>> | WritableStream<string>,
  options: { readonly as?: "bytes" | "text" | undefined } = {},
): StreamSink {
  const { as = "bytes" } = optionsOf(options);
  if (typeof stream?.getWriter !== "function") refuse("A stream sink writes to a WritableStream", stream);
  // The overloads pair the stream with what it takes.
  const writer = (stream as WritableStream<Uint8Array | string>).getWriter();
  let waiting: string[] = [];
  let waitingBytes = 0;
  let underWayBytes = 0;
  let failure: { readonly cause: unknown } | undefined;
  let pumping: Promise<void> | undefined;
  let closing: Promise<void> | undefined;

  async function pump(): Promise<void> {
    try {
      while (waiting.length > 0) {
        const chunk = waiting.join("");
        underWayBytes = waitingBytes;
        waiting = [];
        waitingBytes = 0;
        await writer.write(as === "text" ? chunk : utf8.encode(chunk));
        underWayBytes = 0;
      }
    } catch (cause) {
      failure = { cause };
    }
    pumping = undefined;
  }

  async function finish(): Promise<void> {
    await pumping;
    if (failure !== undefined) throw failure.cause;
    await writer.close();
  }

  return {
    get bufferedBytes() {
      return waitingBytes + underWayBytes;
    },
    write(line) {
      if (failure !== undefined) throw failure.cause;
      if (closing !== undefined) throw new RealtimeError("invalid_state", "This sink is closed already.");
      waiting.push(`${line}\n`);
      waitingBytes += utf8.encode(line).length + 1;
      pumping ??= pump();
    },
    close() {
      closing ??= finish();
      return closing;
    },
  };
}
