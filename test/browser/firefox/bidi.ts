import { once } from "node:events";
import { WebSocket } from "ws";
import { awaited } from "../waiting.ts";

/** What the other side of a BiDi connection says: a result, an error, or an event. */
interface BidiMessage {
  readonly id?: number;
  readonly type: "success" | "error" | "event";
  readonly result?: unknown;
  readonly message?: string;
  readonly method?: string;
  readonly params?: unknown;
}

/** A connection to a browser that speaks WebDriver BiDi (https://w3c.github.io/webdriver-bidi/). */
export interface Bidi {
  /** Resolves with the command's result; rejects with what the browser says, and where it is gone or says nothing. */
  send<T>(method: string, params: object): Promise<T>;
  /** Calls `listener` with the parameters of each event of that name, once the browser has been told to send them. */
  on<T>(method: string, listener: (params: T) => void): void;
  close(): void;
}

export async function bidi(url: string): Promise<Bidi> {
  const socket = new WebSocket(url, { perMessageDeflate: false });
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  const listeners = new Map<string, (params: unknown) => void>();
  let count = 0;
  socket.on("message", (data) => {
    // Written by the browser, in this form.
    const { id = 0, type, result, message, method = "", params } = JSON.parse(String(data)) as BidiMessage;
    if (type === "event") listeners.get(method)?.(params);
    else if (type === "success") waiting.get(id)?.resolve(result);
    else waiting.get(id)?.reject(new Error(message));
    waiting.delete(id);
  });
  let isGone = false;
  // Its end follows.
  socket.on("error", () => {});
  socket.on("close", () => {
    isGone = true;
    for (const { reject } of waiting.values()) reject(new Error("The browser has gone."));
  });
  await awaited(`the browser to take a connection at ${url}`, once(socket, "open"));
  return {
    async send<T>(method: string, params: object) {
      if (isGone) throw new Error(`The browser has gone, and cannot be told ${method}.`);
      count += 1;
      const answer = Promise.withResolvers<unknown>();
      waiting.set(count, answer);
      socket.send(JSON.stringify({ id: count, method, params }));
      const asked = JSON.stringify(params).slice(0, 200);
      // The caller knows the command's result from the protocol.
      return (await awaited(`the browser's answer to ${method} of ${asked}`, answer.promise)) as T;
    },
    on<T>(method: string, listener: (params: T) => void) {
      // As above.
      listeners.set(method, (params) => listener(params as T));
    },
    close: () => socket.close(),
  };
}
