import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { performance } from "node:perf_hooks";
import { fileURLToPath } from "node:url";
import type { Costs, Question } from "./costs.ts";

/** A server in a process of its own. */
export interface Served {
  readonly url: string;
  /** When its process was started, by the clock of `performance`. */
  readonly startedMs: number;
  /** What it costs; `isClean` has its garbage collected before, which takes time itself. */
  costs(isClean?: boolean): Promise<Costs>;
  stop(): Promise<void>;
}

/** Starts a program of this folder in a process of its own; what it sends is a message. */
export function child(program: string, args: readonly string[]): ChildProcess {
  const path = fileURLToPath(new URL(program, import.meta.url));
  return fork(path, args, { execArgv: ["--expose-gc"] });
}

/** The next message of a child; rejects when it ends instead. */
export async function told<T>(process: ChildProcess): Promise<T> {
  const over = new AbortController();
  const { signal } = over;
  const ended = once(process, "exit", { signal }).then(([code]) => {
    throw new Error(`It ended with code ${code}.`);
  });
  const [message] = await Promise.race([once(process, "message", { signal }), ended]);
  // What is not waited for any more rejects, and nobody wants to know.
  ended.catch(() => {});
  over.abort();
  // The programs of this folder say what they send.
  return message as T;
}

/** Starts a server program, of this folder or by its address. */
export async function served(program: string, args: readonly string[] = []): Promise<Served> {
  const startedMs = performance.now();
  const server = child(program, args);
  const url = await told<string>(server);
  return {
    url,
    startedMs,
    costs(isClean = false) {
      const question: Question = isClean ? "costs without garbage" : "costs";
      server.send(question);
      return told<Costs>(server);
    },
    async stop() {
      server.send("stop");
      await once(server, "exit");
    },
  };
}
