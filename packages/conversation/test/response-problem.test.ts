import { describe, expect, it } from "vitest";
import type { ConversationProblem } from "../src/index.ts";
import { settle, talking } from "./talking.ts";
import { answerBegins, server } from "./wire.ts";

/** What is on `problems$` after these. */
async function problemsOf(...details: readonly unknown[]) {
  const { session, talk, hear } = await talking();
  const problems: ConversationProblem[] = [];
  talk.problems$.subscribe((problem) => void problems.push(problem));
  await hear(...answerBegins("r1", "a1", null));
  for (const status_details of details) {
    const response = { id: "r1", status: "failed", status_details, output: [], conversation_id: "c" };
    await hear(server("response.done", { response }));
  }
  await settle();
  await session.close();
  return problems;
}

describe("a response that the server could not make", () => {
  it("is a problem, with the server's code and sentence, once", async () => {
    const details = {
      type: "failed",
      error: { type: "server_error", code: "server_error", message: "The server had an error." },
    };
    const problems = await problemsOf(details, details);
    expect(problems).toMatchObject([
      {
        response: { id: "r1", status: "failed", reason: "server_error", message: "The server had an error." },
        error: {
          code: "response_failed",
          message: "The server made no answer: The server had an error.",
          cause: { id: "r1" },
        },
      },
    ]);
  });

  it.each([
    [{ type: "failed", error: { code: "rate_limit_exceeded" } }, "rate_limit_exceeded"],
    [null, "it says no more"],
    ["failed", "it says no more"],
  ])("is a problem also where the server says little of it: %j", async (details, why) => {
    const problems = await problemsOf(details);
    expect(problems).toMatchObject([
      { error: { code: "response_failed", message: `The server made no answer: ${why}` } },
    ]);
  });

  it("is none where an answer was cancelled or broke off", async () => {
    const { session, talk, hear } = await talking();
    const problems: ConversationProblem[] = [];
    talk.problems$.subscribe((problem) => void problems.push(problem));
    for (const [id, status] of [
      ["r1", "cancelled"],
      ["r2", "incomplete"],
      ["r3", "completed"],
    ]) {
      await hear(server("response.created", { response: { id, status: "in_progress", output: [] } }));
      await hear(server("response.done", { response: { id, status, status_details: null, output: [] } }));
    }
    expect(problems).toEqual([]);
    await session.close();
  });
});
