import { expect, it } from "vitest";
import { canonicalJson } from "../src/index.ts";
import { talking } from "./talking.ts";
import { answerBegins, answerEnds, server } from "./wire.ts";

const response = {
  instructions: "Look it up.",
  tools: [
    {
      type: "mcp" as const,
      server_label: "files",
      server_url: "https://example.com/mcp",
      authorization: "secret",
    },
  ],
};

it("an answer is asked for with the credentials that were given, and nothing else has them", async () => {
  const { session, talk, received, hear } = await talking();
  await hear(...answerBegins("r0", "a0", null));
  talk.respond();
  const id = talk.respond({ response });
  expect(talk.state.turn.requests.find((request) => request.id === id)).toMatchObject({ status: "waiting" });
  await hear(...answerEnds("r0", "a0", null, ""));
  const [first] = received.flatMap((event) => (event.type === "response.create" ? [event] : []));
  expect(first?.response?.tools).toEqual(response.tools);
  // It has lost a race, and is asked again: with the same credentials.
  const lost = {
    type: "invalid_request_error",
    code: "conversation_already_has_active_response",
    message: "busy",
    event_id: first?.event_id,
  };
  await hear(
    server("error", { error: lost }),
    ...answerBegins("r1", "a1", "a0"),
    ...answerEnds("r1", "a1", "a0", ""),
  );
  const asked = received.flatMap((event) => (event.type === "response.create" ? [event] : []));
  expect(asked).toHaveLength(2);
  expect(asked[1]?.response?.tools).toEqual(response.tools);
  expect(asked[1]?.event_id).not.toBe(asked[0]?.event_id);
  expect(canonicalJson(talk.state)).not.toContain("secret");
  await session.close();
});
