import { RealtimeError } from "@duologue/core";
import type { ServerEvent } from "@duologue/protocol";
import type { ResponseProblem, Step } from "./conversation-options.ts";
import { endedBy } from "./reduce/responses.ts";

/** The problem that an entry tells of: a response of the server has failed. A pure function, `undefined` for all others. */
export function responseProblem({ before, entry, after }: Step): ResponseProblem | undefined {
  // What is no event of this protocol ends nothing.
  const response = entry.from === "server" ? endedBy(before, entry.event as ServerEvent, after) : undefined;
  if (response?.status !== "failed") return undefined;
  const why = response.message ?? response.reason ?? "it says no more";
  const error = new RealtimeError("response_failed", `The server made no answer: ${why}`, {
    cause: response,
  });
  return { response, error };
}
