import { frameText } from "./frame-text.ts";

/** Messages of a socket as frames, and its end, in the order in which they came. */
export interface Arrivals {
  /** One message: text, bytes, or a `Blob`, which takes a while to read. */
  message(data: unknown): void;
  /** Runs `act` behind all messages so far: at once, unless one of them is still being read. */
  behind(act: () => void): void;
}

/**
 * Keeps messages in order where some have to be read first: an implementation may give `Blob`s though it was told
 * not to. While none is read, nothing waits.
 */
export function arrivals(deliver: (text: string) => void): Arrivals {
  const waiting: (() => Promise<void> | undefined)[] = [];
  let reading = false;

  const proceed = () => {
    while (!reading) {
      const next = waiting.shift();
      if (next === undefined) return;
      const read = next();
      if (read === undefined) continue;
      reading = true;
      void read.then(() => {
        reading = false;
        proceed();
      });
    }
  };

  return {
    message(data) {
      waiting.push(() => {
        if (!isBlob(data)) return void deliver(frameText(data));
        return data.arrayBuffer().then(
          (bytes) => deliver(frameText(bytes)),
          (error: unknown) => deliver(`binary frame of ${data.size} bytes, unreadable: ${String(error)}`),
        );
      });
      proceed();
    },
    behind(act) {
      waiting.push(() => void act());
      proceed();
    },
  };
}

/** By its looks: a `Blob` of another realm, or of a library, is one too. */
function isBlob(data: unknown): data is Pick<Blob, "arrayBuffer" | "size"> {
  return (
    typeof data === "object" &&
    data !== null &&
    "arrayBuffer" in data &&
    typeof data.arrayBuffer === "function"
  );
}
