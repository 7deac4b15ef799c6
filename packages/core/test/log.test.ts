import { describe, expect, it } from "vitest";
import type { Entry } from "../src/index.ts";
import { entryLog } from "../src/log.ts";

const entry = (type: string): Entry => ({ at: 0, from: "server", event: { type } });

describe("entryLog", () => {
  it("gives each entry to every subscriber before the next, also when a subscriber appends", () => {
    const log = entryLog();
    const seen: string[] = [];
    log.entries$.subscribe(({ event }) => {
      seen.push(`a:${event.type}`);
      if (event.type === "first") log.append(entry("second"));
    });
    log.entries$.subscribe(({ event }) => void seen.push(`b:${event.type}`));
    log.append(entry("first"));
    expect(seen).toEqual(["a:first", "b:first", "a:second", "b:second"]);
  });

  it("puts what was sent before the answer that came while it was sent", () => {
    const log = entryLog();
    const seen: string[] = [];
    log.entries$.subscribe(({ event }) => void seen.push(event.type));
    log.appendAfter(
      () => log.append(entry("answer")),
      () => entry("question"),
    );
    expect(seen).toEqual(["question", "answer"]);
  });

  it("appends nothing for what could not be sent, and keeps what came meanwhile", () => {
    const log = entryLog();
    const seen: string[] = [];
    log.entries$.subscribe(({ event }) => void seen.push(event.type));
    expect(() =>
      log.appendAfter(
        () => {
          log.append(entry("other"));
          throw new Error("closed");
        },
        () => entry("question"),
      ),
    ).toThrow("closed");
    expect(seen).toEqual(["other"]);
  });

  it("keeps the order of a send from within a subscriber", () => {
    const log = entryLog();
    const seen: string[] = [];
    log.entries$.subscribe(({ event }) => {
      seen.push(event.type);
      if (event.type !== "first") return;
      log.append(entry("note"));
      log.appendAfter(
        () => log.append(entry("answer")),
        () => entry("question"),
      );
    });
    log.append(entry("first"));
    expect(seen).toEqual(["first", "note", "question", "answer"]);
  });

  it("ends behind all that was appended, also when a subscriber ends it", () => {
    const log = entryLog();
    const seen: string[] = [];
    log.entries$.subscribe(() => {
      if (seen.length === 0) log.append(entry("second"));
      log.complete();
    });
    log.entries$.subscribe({
      next: ({ event }) => void seen.push(event.type),
      complete: () => void seen.push("end"),
    });
    log.append(entry("first"));
    log.append(entry("third"));
    expect(seen).toEqual(["first", "second", "end"]);
  });
});
