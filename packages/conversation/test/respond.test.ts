import type { ResponseConfig } from "@duologue/protocol";
import { describe, expect, it } from "vitest";
import { type Budget, budget, type Conversation, tool } from "../src/index.ts";
import { settle, talking, unopened } from "./talking.ts";
import { answerBegins, answerEnds, server } from "./wire.ts";

// A wish that can't be asked for must not keep others from being asked.

const itself: Record<string, unknown> = {};
itself.again = itself;
const metadata = (count: number, characters: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, "x".repeat(characters)]));

/** What the types forbid and programs do. */
const wrong = (response: object) => response as ResponseConfig;

const impossible: readonly [string, ResponseConfig, string][] = [
  ["too many tokens", { max_output_tokens: 5000 }, "invalid_event"],
  ["no number", { max_output_tokens: Number.NaN }, "invalid_argument"],
  ["a bigint", wrong({ max_output_tokens: 1n }), "invalid_argument"],
  ["a modality that is none", wrong({ output_modalities: ["video"] }), "invalid_event"],
  ["metadata of 17 pairs", { metadata: metadata(17, 1) }, "invalid_event"],
  ["metadata of 600 characters", { metadata: metadata(1, 600) }, "invalid_event"],
  ["more than a frame", { instructions: "x".repeat(6000) }, "frame_too_large"],
  ["more than a frame, beside", { conversation: "none", instructions: "x".repeat(6000) }, "frame_too_large"],
  ["what contains itself", wrong({ metadata: itself }), "invalid_argument"],
  [
    "a getter that throws",
    {
      get instructions(): string {
        throw new Error("Not now.");
      },
    },
    "invalid_argument",
  ],
  ["an item that nobody made", { input: [{ type: "item_reference", id: "nobody" }] }, "invalid_state"],
];

const statuses = (talk: Conversation) => talk.state.turn.requests.map(({ id, status }) => `${id} ${status}`);

describe.each(impossible)("a wish for %s", (_, response, code) => {
  const refusal = expect.objectContaining({ code });

  it("is refused before anything is noted or sent, and the next one is asked", async () => {
    const { talk, session, received } = await talking({}, { maxFrameBytes: 5000 });
    expect(() => talk.respond({ response })).toThrow(refusal);
    await expect(talk.say("Hello?", { respond: { response } })).rejects.toThrow(refusal);
    expect(received).toEqual([]);
    expect(talk.state.turn.requests).toEqual([]);
    const id = talk.respond();
    await settle();
    expect(statuses(talk)).toEqual([`${id} asked`]);
    await session.close();
  });
});

describe("a wish that turns out not to go", () => {
  it("is refused, with the reason, and those behind it are asked", async () => {
    const { talk, session, received } = await talking();
    const problems: string[] = [];
    talk.problems$.subscribe(({ error }) => void problems.push(error.code));
    session.note({
      type: "response.requested",
      id: "bad",
      policy: "queue",
      response: { max_output_tokens: 5000 },
    });
    session.note({ type: "response.requested", id: "good", policy: "queue" });
    await settle();
    expect(talk.state.turn.requests).toMatchObject([
      { id: "bad", status: "refused", reason: "invalid_event" },
      { id: "good", status: "asked" },
    ]);
    expect(received).toMatchObject([{ type: "response.create", event_id: "good" }]);
    expect(problems).toEqual(["invalid_event"]);
    await session.close();
  });

  it("does not keep the answer to tools waiting", async () => {
    const weather = tool({
      name: "weather",
      description: "Tells the weather.",
      parameters: { type: "object", properties: {} },
      run: () => "sunny",
    });
    const { talk, session, received, hear } = await talking({ tools: [weather] });
    const call = { id: "f1", type: "function_call", name: "weather", call_id: "c1", arguments: "{}" };
    const response = { id: "r1", status: "completed", conversation_id: "c", output: [call] };
    received.length = 0;
    session.note({ type: "response.requested", policy: "queue", response: { max_output_tokens: 5000 } });
    await hear(server("response.done", { response }));
    await settle();
    expect(received.map(({ type }) => type)).toEqual(["conversation.item.create", "response.create"]);
    expect(statuses(talk)).toEqual(["ask_1 refused", "tools_r1 asked"]);
    await session.close();
  });

  it("waits for the next link where this one is gone", async () => {
    const { talk, session, cut } = await talking({}, { reconnect: { random: () => 0 } });
    cut();
    const id = talk.respond();
    expect(statuses(talk)).toEqual([`${id} waiting`]);
    do await settle();
    while (session.status.state !== "ready");
    expect(statuses(talk)).toEqual([`${id} asked`]);
    await session.close();
  });
});

describe("respond", () => {
  it("takes no policy that is none, and nothing that is no object", async () => {
    const { talk, session } = await talking();
    const refusal = expect.objectContaining({ code: "invalid_argument" });
    // @ts-expect-error: there is no such policy.
    expect(() => talk.respond({ policy: "nonsense" })).toThrow(refusal);
    // @ts-expect-error: options are an object.
    expect(() => talk.respond("now")).toThrow(refusal);
    expect(talk.state.turn.requests).toEqual([]);
    await session.close();
  });

  it("is for a session that is open or opening", async () => {
    const { talk, session, open } = unopened();
    expect(() => talk.respond()).toThrow(expect.objectContaining({ code: "closed" }));
    await open((opening) => void opening.respond({ id: "early" }));
    await settle();
    expect(statuses(talk)).toEqual(["early asked"]);
    await session.close();
  });

  it("keeps what was asked for as it was then", async () => {
    const { talk, session, received, hear } = await talking();
    await hear(...answerBegins("r1", "a1", null));
    const response = { instructions: "Be brief." };
    talk.respond({ policy: "queue", response });
    response.instructions = "Be long.";
    await hear(...answerEnds("r1", "a1", null, "Hello."));
    expect(received).toMatchObject([{ type: "response.create", response: { instructions: "Be brief." } }]);
    await session.close();
  });

  it("adds no more than so many wishes: further ones are refused until there is room", async () => {
    const { talk, session } = await talking();
    for (let count = 0; count < 400; count++) talk.respond({ policy: "queue" });
    const { requests } = talk.state.turn;
    expect(requests.length).toBeLessThanOrEqual(288);
    expect(requests.filter(({ status }) => status === "asked" || status === "waiting")).toHaveLength(256);
    expect(requests.at(-1)).toMatchObject({ id: "respond_400", status: "refused" });
    talk.interrupt();
    expect(talk.respond()).toBe("respond_401");
    await settle();
    expect(talk.state.turn.requests.at(-1)).toMatchObject({ id: "respond_401", status: "waiting" });
    await session.close();
  });
});

describe("a budget", () => {
  const bill = server("response.done", {
    response: {
      id: "r1",
      status: "completed",
      output: [],
      usage: { total_tokens: 5, input_tokens: 1, output_tokens: 4 },
    },
  });

  it("is a function, at the beginning and later", async () => {
    const refusal = expect.objectContaining({ code: "invalid_argument" });
    // @ts-expect-error: these are options of budget().
    expect(() => unopened({ budget: { maxTokens: 5 } })).toThrow(refusal);
    const { talk, session } = await talking({ budget: budget({ maxTokens: 100 }) });
    // @ts-expect-error: this is no budget.
    expect(() => talk.setBudget({})).toThrow(refusal);
    await session.close();
  });

  it("that throws is a problem and ends nothing; nobody is asked meanwhile", async () => {
    const broken: Budget = () => {
      throw new Error("No price list.");
    };
    const { talk, session, received, hear } = await talking({ budget: broken });
    const problems: string[] = [];
    talk.problems$.subscribe(({ error }) => void problems.push(error.message));
    await hear(bill);
    expect(problems).toEqual(["No price list."]);
    const id = talk.respond();
    await settle();
    expect(received).toEqual([]);
    expect(statuses(talk)).toEqual([`${id} refused`]);
    talk.setBudget(undefined);
    talk.respond();
    await settle();
    expect(received).toMatchObject([{ type: "response.create" }]);
    await session.close();
  });

  it("or a wish noted elsewhere that can't be read ends nothing", async () => {
    const { talk, session, received } = await talking();
    const problems: string[] = [];
    talk.problems$.subscribe(({ error }) => void problems.push(error.message));
    const unreadable = new Proxy(
      {},
      {
        ownKeys: () => {
          throw new Error("Closed.");
        },
      },
    );
    session.note({ type: "response.requested", id: "odd", response: unreadable });
    talk.respond();
    await settle();
    expect(problems).toEqual(["Closed."]);
    expect(received).toMatchObject([{ type: "response.create" }]);
    await session.close();
  });
});
