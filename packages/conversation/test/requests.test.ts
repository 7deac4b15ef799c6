import { responseMarker } from "@duologue/protocol";
import { describe, expect, it } from "vitest";
import {
  initialState,
  isQuiet,
  messagesOf,
  type ResponseRequest,
  reduce,
  restore,
  snapshot,
  toHistory,
} from "../src/index.ts";
import { living } from "./living.ts";
import {
  answerBegins,
  answerEnds,
  at,
  called,
  client,
  heard,
  type LogEntry,
  local,
  opened,
  server,
  spoken,
} from "./wire.ts";

/** What became of a conversation in which every command is sent at once. */
function lived(...entries: readonly LogEntry[]) {
  const talk = living();
  talk.live(...entries);
  const { state, effects, sent } = talk;
  return {
    state,
    effects,
    sent,
    asked: sent.flatMap((event) => (event.type === "response.create" ? [event] : [])),
    fates: Object.fromEntries(state.turn.requests.map(({ id, status }) => [id, status])),
    request: (id: string) => state.turn.requests.find((request) => request.id === id),
  };
}

type Options = Omit<Extract<LogEntry["event"], { type: "response.requested" }>, "type">;

const wish = (id: string, options: Options = {}) =>
  local({ type: "response.requested", id, ...options } as Parameters<typeof local>[0]);
const withdrawn = (id: string) => local({ type: "response.withdrawn", id });
const interrupted = local({ type: "interrupt.requested" });
const created = (id: string, commandId?: string, more: object = {}) =>
  server("response.created", {
    response: {
      id,
      status: "in_progress",
      output: [],
      conversation_id: "c",
      metadata: commandId === undefined ? null : { [responseMarker]: commandId },
      ...more,
    },
  });
const done = (id: string, status = "completed", more: object = {}) =>
  server("response.done", {
    response: { id, status, status_details: null, output: [], conversation_id: "c", ...more },
  });
const refused = (commandId: string | null, code = "conversation_already_has_active_response") =>
  server("error", { error: { type: "invalid_request_error", code, message: "No.", event_id: commandId } });

describe("a request", () => {
  it("goes from waiting over asked and running to done", () => {
    const begins = answerBegins("r0", "a0", null);
    const ends = answerEnds("r0", "a0", null, "");
    const steps = [opened, ...begins, wish("w1"), ...ends, created("r1", "w1"), done("r1")];
    const statuses = steps.map((_, index) => lived(...steps.slice(0, index + 1)).fates.w1);
    expect([...new Set(statuses)]).toEqual([undefined, "waiting", "asked", "running", "done"]);
    expect(lived(...steps).request("w1")).toEqual({
      id: "w1",
      by: "program",
      policy: "coalesce",
      status: "done",
      outOfBand: false,
      attempts: 0,
      responseId: "r1",
    });
  });

  it("carries what the answer is to be like, without credentials", () => {
    const response = {
      instructions: "Be brief.",
      tools: [
        { type: "mcp", server_label: "files", server_url: "https://example.com", authorization: "secret" },
      ],
    };
    const { request, asked } = lived(opened, wish("w1", { response }));
    expect(asked).toMatchObject([{ event_id: "w1", response: { instructions: "Be brief." } }]);
    expect(JSON.stringify(request("w1"))).not.toContain("secret");
  });

  it("asks for nothing twice: a name that is known is the same request", () => {
    const { asked, state } = lived(opened, wish("w1"), wish("w1"), created("r1", "w1"), wish("w1"));
    expect(asked).toHaveLength(1);
    expect(state.turn.requested).toBe(1);
  });

  it("of a program that sends its own command is known too", () => {
    const own = client({ type: "response.create", event_id: "mine", response: { instructions: "Sing." } });
    const { request } = lived(opened, own, created("r1", "mine"));
    expect(request("mine")).toMatchObject({ status: "running", response: { instructions: "Sing." } });
  });

  it("is refused where the server will not, and says why", () => {
    const { request, asked } = lived(opened, wish("w1"), refused("w1", "invalid_value"));
    expect(request("w1")).toMatchObject({ status: "refused", reason: "invalid_value" });
    expect(asked).toHaveLength(1);
  });

  it("is remembered for a while after it is settled, and no longer", () => {
    const many = Array.from({ length: 100 }, (_, n) => [
      wish(`w${n}`),
      created(`r${n}`, `w${n}`),
      done(`r${n}`),
    ]);
    const { state, fates } = lived(opened, ...many.flat());
    expect(state.turn.requests).toHaveLength(32);
    expect([fates.w99, fates.w0, state.turn.requested]).toEqual(["done", undefined, 100]);
  });
});

describe("requests that wait together", () => {
  const busy = [opened, ...answerBegins("r0", "a0", null)];
  const free = answerEnds("r0", "a0", null, "");

  it("share an answer where they coalesce, and its fate", () => {
    const { asked, fates } = lived(...busy, wish("w1"), wish("w2"), ...free, created("r1", "w1"), done("r1"));
    expect(asked).toHaveLength(1);
    expect(fates).toEqual({ w1: "done", w2: "done" });
  });

  it("share it with one that says what it is to be like, and not with another one", () => {
    const [sing, dance] = ["Sing.", "Dance."].map((instructions) => ({ response: { instructions } }));
    const entries = [...busy, wish("w1"), wish("w2", sing), wish("w3", dance), wish("w4", dance)];
    const { asked, request } = lived(...entries, ...free, created("r1", "w1"), done("r1"));
    expect(asked.map(({ response }) => response?.instructions)).toEqual(["Sing.", "Dance."]);
    expect(request("w4")).toMatchObject({ sharedWith: "w3", status: "asked" });
  });

  it("get one each, in order, where they queue", () => {
    const queue = { policy: "queue" } as const;
    const waiting = lived(...busy, wish("w1", queue), wish("w2", queue), ...free);
    expect(waiting.asked).toHaveLength(1);
    const both = [created("r1", "w1"), done("r1"), created("r2", "w2"), done("r2")];
    const { asked, fates } = lived(...busy, wish("w1", queue), wish("w2", queue), ...free, ...both);
    expect(asked.map(({ event_id }) => event_id)).toEqual(["w1", "w2"]);
    expect(fates).toEqual({ w1: "done", w2: "done" });
  });

  it("give way to one that replaces: what waits is dropped, what runs is cancelled and silenced", () => {
    const { effects, sent, fates, state } = lived(...busy, wish("w1"), wish("w2", { policy: "replace" }));
    expect(sent).toEqual([{ type: "response.cancel", response_id: "r0" }]);
    expect(effects.at(-1)).toEqual({ type: "flush" });
    expect(fates).toEqual({ w1: "dropped", w2: "waiting" });
    expect(state.turn.interruptedBy).toBe("turn");
    expect(state.responses[0]?.interrupted).toBe(true);
  });

  it("one that replaces also takes the place of what the server begins by itself before its turn", () => {
    const replacing = wish("w1", { policy: "replace" });
    const { sent, asked } = lived(
      opened,
      ...heard("u1", null, "Hi"),
      replacing,
      created("r1"),
      done("r1", "cancelled"),
    );
    expect(sent[0]).toEqual({ type: "response.cancel", response_id: "r1" });
    expect(asked.map(({ event_id }) => event_id)).toEqual(["w1"]);
  });
});

describe("a response that the server makes by itself", () => {
  const turn = [opened, ...heard("u1", null, "Hi")];

  it("satisfies those that want any answer, and no others", () => {
    const own = { response: { instructions: "Sing." } };
    const entries = [...turn, wish("w1"), wish("w2", { policy: "queue" }), wish("w3", own), created("r1")];
    const { fates, asked } = lived(...entries);
    expect(fates).toEqual({ w1: "running", w2: "waiting", w3: "waiting" });
    expect(asked).toEqual([]);
    expect(lived(...entries, done("r1")).fates).toEqual({ w1: "done", w2: "asked", w3: "waiting" });
  });

  it("does not satisfy who has said something since that the server did not know yet", () => {
    const item = {
      id: "i1",
      type: "message",
      role: "user",
      content: [{ type: "input_text", text: "And?" }],
    } as const;
    const says = client({ type: "conversation.item.create", item: { ...item, content: [...item.content] } });
    const added = server("conversation.item.added", { previous_item_id: "u1", item });
    expect(lived(...turn, says, wish("w1"), created("r1")).fates).toEqual({ w1: "waiting" });
    expect(lived(...turn, says, wish("w1"), added, created("r1")).fates).toEqual({ w1: "running" });
  });

  it("wins a race: what lost waits until it is over, and is asked for under another name", () => {
    const race = [opened, wish("w1"), created("r1"), refused("w1")];
    expect(lived(...race).request("w1")).toMatchObject({ status: "waiting", attempts: 1 });
    const { asked, fates } = lived(...race, done("r1"), created("r2", "w1.2"), done("r2"));
    expect(asked.map(({ event_id }) => event_id)).toEqual(["w1", "w1.2"]);
    expect(fates).toEqual({ w1: "done" });
  });

  it("wins it in the other order as well, and as often as it likes", () => {
    const race = [
      opened,
      wish("w1"),
      refused("w1"),
      created("r1"),
      done("r1"),
      created("r2"),
      refused("w1.2"),
    ];
    const { asked, request } = lived(...race, done("r2"));
    expect(asked.map(({ event_id }) => event_id)).toEqual(["w1", "w1.2", "w1.3"]);
    expect(request("w1")).toMatchObject({ status: "asked", attempts: 2 });
  });

  it("is taken for the answer where the service tells nobody's marks apart, until an error says otherwise", () => {
    const { request } = lived(opened, wish("w1"), created("r1", undefined, { metadata: undefined }));
    expect(request("w1")).toMatchObject({ status: "running", responseId: "r1" });
    const lost = lived(opened, wish("w1"), created("r1", undefined, { metadata: undefined }), refused("w1"));
    expect(lost.request("w1")).toMatchObject({ status: "waiting", attempts: 1 });
    // One that says `null` of every response would keep a request for ever.
    expect(lived(opened, wish("w1"), created("r1"), done("r1")).fates).toEqual({ w1: "done" });
    // Where marks are known to come back, the request is still on its way to the server.
    const first = [opened, wish("w0"), created("r0", "w0"), done("r0")];
    expect(lived(...first, wish("w1"), created("r1"), done("r1")).fates.w1).toBe("asked");
  });
});

describe("a race that its rival has left when its outcome comes", () => {
  const rival = [created("rv"), done("rv")];

  it("is lost without waiting for another end, whether marks are known to come back or not", () => {
    const first = [opened, wish("w0"), created("r0", "w0"), done("r0")];
    for (const before of [[opened], first]) {
      const { asked, fates, state } = lived(...before, wish("w1"), ...rival, refused("w1"));
      expect(asked.at(-1)?.event_id).toBe("w1.2");
      expect(fates.w1).toBe("asked");
      expect(state.turn.serverAnswers).toBe(false);
    }
  });

  it("is lost where the service says of no response what it was made with", () => {
    const silent = created("rv", undefined, { metadata: undefined });
    const { asked, fates } = lived(opened, wish("w1"), silent, done("rv"), refused("w1"));
    expect(asked.map(({ event_id }) => event_id)).toEqual(["w1", "w1.2"]);
    expect(fates.w1).toBe("asked");
  });

  it("is lost so to a response that had begun before the request was sent", () => {
    const own = client({ type: "response.create", event_id: "mine" });
    const { asked, state } = lived(opened, created("rv"), own, done("rv"), refused("mine"));
    expect(asked.map(({ event_id }) => event_id)).toEqual(["mine.2"]);
    expect(state.turn.serverAnswers).toBe(false);
  });

  it("is won by the answer that bears its mark: that one runs, and is what was asked for", () => {
    const race = [opened, wish("w1"), ...rival];
    expect(lived(...race).fates.w1).toBe("done");
    const { request, asked } = lived(...race, created("own", "w1"));
    expect(request("w1")).toMatchObject({ status: "running", responseId: "own" });
    expect(lived(...race, created("own", "w1"), done("own")).request("w1")).toEqual({
      id: "w1",
      by: "program",
      policy: "coalesce",
      status: "done",
      outOfBand: false,
      attempts: 0,
      responseId: "own",
    });
    expect(asked).toHaveLength(1);
  });

  it.each([
    ["an interruption", interrupted],
    ["a withdrawal", withdrawn("w1")],
    ["a request that replaces it", wish("w2", { policy: "replace" })],
  ])("is won in vain after %s: what bears its mark is cancelled", (_, takenBack) => {
    const { sent, fates, state } = lived(opened, wish("w1"), ...rival, takenBack, created("own", "w1"));
    expect(sent).toContainEqual({ type: "response.cancel", response_id: "own" });
    expect(state.responses.at(-1)).toMatchObject({ id: "own", interrupted: true });
    expect(fates.w1).toBe("dropped");
  });

  it("is refused yet where the refusal is another", () => {
    expect(lived(opened, wish("w1"), ...rival, refused("w1", "invalid_value")).fates.w1).toBe("refused");
  });

  it("keeps no request longer than others where no mark ever comes back", () => {
    const many = Array.from({ length: 100 }, (_, n) => [wish(`w${n}`), created(`r${n}`), done(`r${n}`)]);
    const { state, asked } = lived(opened, ...many.flat());
    expect(asked).toHaveLength(100);
    expect(state.turn.requests).toHaveLength(32);
  });
});

describe("what ends nobody's turn by itself", () => {
  const detecting = (turn_detection: object | null) =>
    server("session.updated", { session: { type: "realtime", audio: { input: { turn_detection } } } });
  const [started, stopped, ...taken] = heard("u1", null, "Hi").slice(0, 5) as [LogEntry, ...LogEntry[]];
  const begun = [opened, detecting({ type: "server_vad" }), started];
  const spokenTo = [...begun, stopped as LogEntry, ...taken];

  it("speech that the program commits by hand is over, though nobody says that it stopped", () => {
    expect(lived(...begun, wish("w1")).asked).toEqual([]);
    const { asked, state } = lived(...begun, ...taken, wish("w1"));
    expect([asked.length, state.turn.userSpeaking]).toEqual([1, false]);
    // Of speech that went before it tells nothing about the one that goes on.
    const next = server("input_audio_buffer.speech_started", { item_id: "u2", audio_start_ms: 2000 });
    expect(lived(...begun, next, ...taken, wish("w1")).asked).toEqual([]);
  });

  it("turn detection that is switched off hears nobody stop and answers nobody", () => {
    expect(lived(...begun, detecting(null), wish("w1")).asked).toHaveLength(1);
    expect(lived(...spokenTo, wish("w1")).asked).toEqual([]);
    expect(lived(...spokenTo, detecting(null), wish("w1")).asked).toHaveLength(1);
  });

  it("turn detection that answers no more goes on hearing", () => {
    const silent = detecting({ type: "server_vad", create_response: false });
    expect(lived(...spokenTo, silent, wish("w1")).asked).toHaveLength(1);
    expect(lived(...begun, silent, wish("w1")).asked).toEqual([]);
  });

  it("speech that is told to begin once more, behind its turn, has not begun", () => {
    const over = [...spokenTo, created("r1"), done("r1")];
    const { asked, effects } = lived(...over, wish("w1"));
    const again = lived(...over, started, wish("w1"));
    expect(again.asked).toEqual(asked);
    expect(again.effects).toEqual(effects);
  });
});

describe("out of band", () => {
  const aside = { response: { conversation: "none", metadata: { topic: "summary" } } };

  it("waits for nothing but a link, and runs beside others", () => {
    const busy = [opened, ...answerBegins("r0", "a0", null), ...heard("u1", "a0", "Hi").slice(0, 1)];
    const { asked, fates } = lived(
      ...busy,
      wish("w1"),
      wish("o1", aside),
      wish("o2", aside),
      created("r1", "o1", { conversation_id: null }),
    );
    expect(asked.map(({ event_id }) => event_id)).toEqual(["o1", "o2"]);
    expect(fates).toEqual({ w1: "waiting", o1: "running", o2: "asked" });
    expect(lived(wish("o1", aside)).asked).toEqual([]);
    expect(lived(wish("o1", aside), opened).asked).toHaveLength(1);
  });

  it("is known by its mark where the service does not say what a response belongs to", () => {
    const { fates, asked, state } = lived(
      opened,
      wish("o1", aside),
      created("r1", "o1", { conversation_id: undefined }),
      wish("w1"),
    );
    expect(fates).toEqual({ o1: "running", w1: "asked" });
    expect(asked).toHaveLength(2);
    expect(state.responses[0]?.outOfBand).toBe(true);
  });

  it("is no business of an interruption or a replacement, and can be withdrawn by itself", () => {
    const running = [opened, wish("o1", aside), created("r1", "o1", { conversation_id: null })];
    expect(lived(...running, interrupted, wish("w1", { policy: "replace" })).fates).toMatchObject({
      o1: "running",
    });
    const { sent, effects, fates } = lived(...running, withdrawn("o1"));
    expect(sent.at(-1)).toEqual({ type: "response.cancel", response_id: "r1" });
    expect(effects.some(({ type }) => type === "flush")).toBe(false);
    expect(fates).toEqual({ o1: "dropped" });
  });
});

describe("a request that is taken back", () => {
  it("is not asked while it waits", () => {
    const { asked, fates } = lived(
      opened,
      ...answerBegins("r0", "a0", null),
      wish("w1"),
      withdrawn("w1"),
      ...answerEnds("r0", "a0", null, ""),
    );
    expect([asked, fates]).toEqual([[], { w1: "dropped" }]);
  });

  it("stays taken back when its answer begins after all: it is cancelled, and nothing of it is played", () => {
    const late = spoken("r1", "a1", "Hello", 200);
    for (const takenBack of [withdrawn("w1"), interrupted]) {
      const { sent, effects, fates, state } = lived(
        opened,
        wish("w1"),
        takenBack,
        created("r1", "w1"),
        ...late,
      );
      expect(sent.at(-1)).toEqual({ type: "response.cancel", response_id: "r1" });
      expect(effects.filter(({ type }) => type === "play")).toEqual([]);
      expect(fates).toEqual({ w1: "dropped" });
      expect(state.responses[0]).toMatchObject({ interrupted: true });
    }
  });

  it("keeps others from being asked until it is over at the server", () => {
    const back = [opened, wish("w1"), withdrawn("w1"), wish("w2")];
    expect(lived(...back).asked).toHaveLength(1);
    expect(lived(...back, created("r1", "w1")).asked).toHaveLength(1);
    expect(lived(...back, created("r1", "w1"), done("r1", "cancelled")).asked).toHaveLength(2);
    expect(lived(...back, refused("w1", "rate_limit_exceeded")).asked).toHaveLength(2);
  });

  it("is cancelled and silenced while it runs", () => {
    const { sent, effects } = lived(
      opened,
      wish("w1"),
      created("r1", "w1"),
      withdrawn("w1"),
      withdrawn("w1"),
    );
    expect(sent.slice(1)).toEqual([{ type: "response.cancel", response_id: "r1" }]);
    expect(effects.at(-1)).toEqual({ type: "flush" });
  });

  it("leaves the answer to those that share it", () => {
    const together = [opened, ...answerBegins("r0", "a0", null), wish("w1"), wish("w2"), wish("w3")];
    const free = answerEnds("r0", "a0", null, "");
    const { asked, fates } = lived(...together, withdrawn("w1"), ...free, created("r1", "w2"), done("r1"));
    expect(asked.map(({ event_id }) => event_id)).toEqual(["w2"]);
    expect(fates).toEqual({ w1: "dropped", w2: "done", w3: "done" });
    const running = lived(...together, ...free, created("r1", "w1"), withdrawn("w1"));
    expect(running.sent.some(({ type }) => type === "response.cancel")).toBe(false);
    expect(running.fates).toEqual({ w1: "dropped", w2: "running", w3: "running" });
    const last = lived(...together, ...free, created("r1", "w1"), ...["w1", "w2", "w3"].map(withdrawn));
    expect(last.sent.at(-1)).toEqual({ type: "response.cancel", response_id: "r1" });
  });

  it("is what the server is about to say by itself as well, once the program wants silence", () => {
    const turn = [opened, ...heard("u1", null, "Hi"), interrupted];
    expect(lived(...turn, created("r1")).sent).toEqual([{ type: "response.cancel", response_id: "r1" }]);
    // The next turn of the user is another matter.
    const next = [...heard("u2", "u1", "Now?"), created("r1")];
    expect(lived(...turn, ...next).sent).toEqual([]);
  });
});

describe("what comes late of a response that was cancelled", () => {
  const cancelled = [
    opened,
    ...answerBegins("r1", "a1", null),
    ...spoken("r1", "a1", "Hello", 200),
    interrupted,
    done("r1", "cancelled"),
  ];
  const place = { response_id: "r1", item_id: "a1", output_index: 0, content_index: 0 };

  it.each([
    ["words", server("response.output_audio_transcript.delta", { ...place, delta: " there" })],
    ["sound", server("response.output_audio.delta", { ...place, delta: "AAAAAAAA" })],
    ["text", server("response.output_text.delta", { ...place, delta: "there" })],
    [
      "arguments",
      server("response.function_call_arguments.delta", { ...place, call_id: "call_1", delta: "{" }),
    ],
    ["its end, once more", done("r1", "completed")],
    ["its beginning, once more", created("r1")],
  ])("%s: changes nothing, and nothing is played", (_, late) => {
    const { state, effects } = lived(...cancelled);
    const after = lived(...cancelled, late);
    expect(after.state).toEqual(state);
    expect(reduce(state, late)).toBe(state);
    expect(after.effects).toHaveLength(effects.length);
  });
});

describe("a lost link", () => {
  const lost = local({ type: "link.closed", code: 1006, reason: "" });
  const request = (entries: readonly LogEntry[]): ResponseRequest | undefined =>
    lived(...entries).state.turn.requests[0];

  it("leaves what was asked to the session, which sends it again under the same name", () => {
    const entries = [
      opened,
      wish("w1"),
      lost,
      local({ type: "link.opened", transport: "memory", audio: "events" }),
    ];
    const again = client({ type: "response.create", event_id: "w1" });
    expect(request([...entries, again, created("r1", "w1")])).toMatchObject({ status: "running" });
    expect(lived(...entries, again).state.turn.requested).toBe(1);
  });

  it("makes an answer wanted again of which nothing had come, and ends one that had begun", () => {
    expect(request([opened, wish("w1"), created("r1", "w1"), lost])).toMatchObject({
      status: "waiting",
      attempts: 1,
    });
    const begun = [opened, wish("w1"), ...answerBegins("r1", "a1", null)];
    expect(request([...begun, ...spoken("r1", "a1", "Hello", 100), lost])).toMatchObject({ status: "done" });
    expect(request([opened, ...heard("u1", null, "Hi"), lost])).toMatchObject({
      by: "server",
      status: "waiting",
    });
    expect(request([opened, ...heard("u1", null, "Hi"), interrupted, lost])).toBeUndefined();
  });

  const words = (text: string) =>
    server("response.output_audio_transcript.delta", { ...at("r1", "a1"), delta: text });
  const written = (text: string) => [
    server("response.content_part.added", { ...at("r1", "a1"), part: { type: "text", text: "" } }),
    server("response.output_text.delta", { ...at("r1", "a1"), delta: text }),
  ];
  const itemBegins = answerBegins("r1", "a1", null).slice(0, 3);
  const openedFor = (audio: "events" | "media") => local({ type: "link.opened", transport: "memory", audio });

  it.each<[what: string, status: string, entries: readonly LogEntry[]]>([
    ["an item alone", "waiting", [opened, ...itemBegins]],
    ["a part alone", "waiting", [opened, ...answerBegins("r1", "a1", null)]],
    ["words without sound", "waiting", [opened, ...answerBegins("r1", "a1", null), words("Hello")]],
    ["a text without words", "waiting", [opened, ...itemBegins, ...written("")]],
    [
      "sound, though no player says that it played",
      "done",
      [opened, ...answerBegins("r1", "a1", null), ...spoken("r1", "a1", "", 20)],
    ],
    ["written words", "done", [opened, ...itemBegins, ...written("Hello")]],
    ["a call", "done", [opened, ...called("r1", "f1", "call_1", null).slice(0, 3)]],
    [
      "words on a media track, whose sound is not counted",
      "done",
      [openedFor("media"), ...answerBegins("r1", "a1", null), words("Hello")],
    ],
    ["nothing on a media track", "waiting", [openedFor("media"), ...answerBegins("r1", "a1", null)]],
    [
      "sound on a media track",
      "done",
      [
        openedFor("media"),
        ...answerBegins("r1", "a1", null),
        server("output_audio_buffer.started", { response_id: "r1" }),
      ],
    ],
  ])("of an answer that has %s: it is %s", (_, status, [link, ...rest]) => {
    const entries = [link as LogEntry, wish("w1"), ...rest, lost];
    expect(request(entries)?.status).toBe(status);
    // Of the server's own, the same.
    const [own] = lived(link as LogEntry, ...rest, lost).state.turn.requests;
    expect(own?.status).toBe(status === "waiting" ? "waiting" : undefined);
  });

  it("tells nobody the words of an answer that is asked again, and shows them for what they are", () => {
    const { state } = lived(opened, wish("w1"), ...answerBegins("r1", "a1", null), words("Hello"), lost);
    expect(state.items).toMatchObject([
      { id: "a1", status: "incomplete", content: [{ transcript: "Hello", audio: { playback: "skipped" } }] },
    ]);
    expect(toHistory(state)).toEqual([]);
    expect(messagesOf(state.items)).toMatchObject([{ id: "a1", text: "Hello", heardText: "" }]);
    expect(isQuiet(state)).toBe(false);
  });

  it("asks again in another program for what a snapshot was taken in the midst of", () => {
    const { state } = lived(opened, wish("w1"), ...answerBegins("r1", "a1", null), words("Hello"));
    const later = reduce(
      initialState,
      local({ type: "conversation.restored", state: restore(snapshot(state)) }),
    );
    expect(later.turn.requests).toMatchObject([{ id: "w1", status: "waiting", attempts: 1 }]);
    expect(toHistory(later)).toEqual([]);
  });

  it("does not ask again for what was interrupted", () => {
    const { state } = lived(
      opened,
      wish("w1"),
      ...answerBegins("r1", "a1", null),
      words("Hello"),
      interrupted,
      lost,
    );
    expect(state.turn.requests).toMatchObject([{ status: "dropped" }]);
    expect(toHistory(state)).toEqual([]);
  });
});
