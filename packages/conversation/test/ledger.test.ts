import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type ConversationState,
  type Effect,
  type OutputAudioPart,
  type Policy,
  receivedMs,
} from "../src/index.ts";
import { type Living, living } from "./living.ts";
import {
  answerBegins,
  answerEnds,
  assistant,
  client,
  heard,
  type LogEntry,
  local,
  opened,
  server,
  silence,
  spoken,
} from "./wire.ts";

const report = (type: "progress" | "finished" | "flushed", itemId: string, heardMs: number) =>
  local({ type: `playback.${type}`, itemId, contentIndex: 0, heardMs });
const sound = (response: string, itemId: string, ms: number) =>
  server("response.output_audio.delta", {
    response_id: response,
    item_id: itemId,
    output_index: 0,
    content_index: 0,
    delta: silence(ms),
  });
const speech = server("input_audio_buffer.speech_started", { item_id: "u9", audio_start_ms: 0 });

function partsOf({ items }: ConversationState): (OutputAudioPart & { readonly itemId: string })[] {
  return items.flatMap((item) =>
    item.type !== "message"
      ? []
      : item.content.flatMap((part) => (part.type === "output_audio" ? [{ ...part, itemId: item.id }] : [])),
  );
}

const cuts = ({ sent }: Living) =>
  sent.flatMap((event) =>
    event.type === "conversation.item.truncate" ? [[event.item_id, event.audio_end_ms] as const] : [],
  );
const deletions = ({ sent }: Living) =>
  sent.flatMap((event) => (event.type === "conversation.item.delete" ? [event.item_id] : []));

/** What a model of a player knows of a part that it was given. */
interface Played {
  given: number;
  heard: number;
  ended: boolean;
  over: boolean;
}

type Act =
  | { readonly kind: "answer"; readonly ms: readonly number[]; readonly ends: boolean }
  | { readonly kind: "listen"; readonly ms: number }
  | { readonly kind: "barge in"; readonly lateMs: number }
  | { readonly kind: "nonsense"; readonly type: "progress" | "finished"; readonly heardMs: number };

const act: fc.Arbitrary<Act> = fc.oneof(
  fc.record({
    kind: fc.constant("answer" as const),
    ms: fc.array(fc.integer({ min: 1, max: 400 }), { maxLength: 5 }),
    ends: fc.boolean(),
  }),
  fc.record({ kind: fc.constant("listen" as const), ms: fc.double({ min: 0, max: 700, noNaN: true }) }),
  fc.record({ kind: fc.constant("barge in" as const), lateMs: fc.nat(300) }),
);

/** Lives through a session with a player that hears what it is given, and knows what has to be cut where. */
function listened(acts: readonly Act[], policy: Partial<Policy> = {}) {
  const { truncationMarginMs = 0, unheard = "truncate" } = policy;
  const player = new Map<string, Played>();
  const received = new Map<string, number>();
  const expected: [string, number][] = [];
  const dropped: string[] = [];
  let running: string | undefined;
  let turns = 0;
  let count = 0;

  const onEffect = (effect: Effect, talk: Living) => {
    if (effect.type === "play") {
      const part = player.get(effect.itemId) ?? { given: 0, heard: 0, ended: false, over: false };
      part.given = received.get(effect.itemId) ?? 0;
      player.set(effect.itemId, part);
    } else if (effect.type === "play-end") {
      const part = player.get(effect.itemId);
      if (part !== undefined) part.ended = true;
    } else if (effect.type === "flush") {
      for (const [id, part] of player) {
        if (part.over) continue;
        part.over = true;
        talk.live(report("flushed", id, part.heard));
      }
    }
  };
  const talk = living(policy, onEffect);
  talk.live(opened);

  const listen = (ms: number) => {
    let left = ms;
    for (const [id, part] of player) {
      if (part.over) continue;
      const more = Math.min(left, part.given - part.heard);
      part.heard += more;
      left -= more;
      if (part.ended && part.heard === part.given) part.over = true;
      if (more > 0 || part.over) talk.live(report(part.over ? "finished" : "progress", id, part.heard));
      // Behind a part that is not complete nothing plays.
      if (!part.over) break;
    }
  };

  const end = (status: string) => {
    if (running === undefined) return;
    const itemStatus = status === "completed" ? "completed" : "incomplete";
    const whole = assistant(running, itemStatus, [{ type: "output_audio", transcript: "So it is" }]);
    talk.live(
      server("response.output_audio.done", {
        response_id: `r-${running}`,
        item_id: running,
        output_index: 0,
        content_index: 0,
      }),
      server("conversation.item.done", { previous_item_id: null, item: whole }),
      server("response.done", {
        response: { id: `r-${running}`, status, status_details: null, output: [whole], conversation_id: "c" },
      }),
    );
    running = undefined;
  };

  for (const what of acts) {
    if (what.kind === "listen") listen(what.ms);
    if (what.kind === "answer") {
      end("completed");
      count += 1;
      const id = `a${count}`;
      running = id;
      talk.live(...answerBegins(`r-${id}`, id, null));
      for (const ms of what.ms) {
        received.set(id, (received.get(id) ?? 0) + ms);
        talk.live(sound(`r-${id}`, id, ms));
      }
      if (what.ends) end("completed");
    }
    if (what.kind === "barge in") {
      for (const [id, part] of player) {
        if (part.over || (part.ended && part.given - part.heard < 1)) continue;
        if (part.heard === 0 && unheard === "delete") dropped.push(id);
        else
          expected.push([id, Math.max(0, Math.floor(Math.min(part.heard, part.given) - truncationMarginMs))]);
      }
      const spoken = `user_${++turns}`;
      talk.live(server("input_audio_buffer.speech_started", { item_id: spoken, audio_start_ms: 0 }));
      if (running !== undefined) {
        const id = running;
        const isLate = what.lateMs > 0;
        if (isLate) talk.live(sound(`r-${id}`, id, what.lateMs));
        if (!player.has(id)) {
          if (isLate && unheard === "truncate") expected.push([id, 0]);
          else dropped.push(id);
        }
        end("cancelled");
      }
      talk.live(server("input_audio_buffer.speech_stopped", { item_id: spoken, audio_end_ms: 0 }));
    }
  }
  return { talk, expected, dropped };
}

const acts = fc.array(act, { maxLength: 30 });
const margin = fc.integer({ min: 0, max: 200 });

describe("the ledger", () => {
  it("cuts each interrupted part exactly once where it was heard, and none that was heard in full", () => {
    fc.assert(
      fc.property(
        acts,
        margin,
        fc.constantFrom("truncate" as const, "delete" as const),
        (what, ms, unheard) => {
          const { talk, expected, dropped } = listened(what, { truncationMarginMs: ms, unheard });
          expect(cuts(talk)).toEqual(expected);
          expect(deletions(talk).toSorted()).toEqual(dropped.toSorted());
        },
      ),
      { numRuns: 300 },
    );
  });

  it("knows at every moment: nobody hears more than there is, and what was heard only grows", () => {
    const nonsense: fc.Arbitrary<Act> = fc.record({
      kind: fc.constant("nonsense" as const),
      type: fc.constantFrom("progress" as const, "finished" as const),
      heardMs: fc.oneof(fc.double(), fc.constantFrom(-1, 1e9, Number.NaN)),
    });
    fc.assert(
      fc.property(fc.array(fc.oneof(act, nonsense), { maxLength: 30 }), (what) => {
        const talk = living({}, (effect) => {
          if (effect.type === "flush")
            for (const { itemId } of partsOf(talk.state)) mumble("flushed", itemId, 1e6);
        });
        const heardBefore = new Map<string, number>();
        const look = () => {
          for (const { itemId, audio } of partsOf(talk.state)) {
            if (audio === undefined) continue;
            expect(audio.heardMs).toBeGreaterThanOrEqual(heardBefore.get(itemId) ?? 0);
            expect(audio.heardMs).toBeLessThanOrEqual(receivedMs(audio));
            heardBefore.set(itemId, audio.heardMs);
          }
        };
        const mumble = (type: "progress" | "finished" | "flushed", itemId: string, heardMs: number) => {
          talk.live(report(type, itemId, heardMs));
          look();
        };
        talk.live(opened);
        let count = 0;
        for (const each of what) {
          if (each.kind === "answer") {
            count += 1;
            talk.live(...answerBegins(`r${count}`, `a${count}`, null));
            for (const ms of each.ms) talk.live(sound(`r${count}`, `a${count}`, ms));
          } else if (each.kind === "barge in") talk.live(speech);
          else {
            const type = each.kind === "nonsense" ? each.type : "progress";
            mumble(type, `a${count}`, each.kind === "nonsense" ? each.heardMs : each.ms);
          }
          look();
        }
        for (const [id, ms] of cuts(talk)) {
          expect(ms).toBeLessThanOrEqual(receivedOf(talk.state, id));
          expect(cuts(talk).filter(([other]) => other === id)).toHaveLength(1);
        }
      }),
      { numRuns: 300 },
    );
  });
});

function receivedOf(state: ConversationState, itemId: string): number {
  const part = partsOf(state).find((each) => each.itemId === itemId);
  return part?.audio === undefined ? 0 : receivedMs(part.audio);
}

describe("a part that was never given to a player, because its response had been interrupted", () => {
  const begun = [opened, ...answerBegins("r1", "a1", null)];
  const words = server("response.output_audio_transcript.delta", {
    response_id: "r1",
    item_id: "a1",
    output_index: 0,
    content_index: 0,
    delta: "You never heard",
  });
  const ends = answerEnds("r1", "a1", null, "You never heard", "cancelled");
  const after = (entries: readonly LogEntry[], policy: Partial<Policy> = {}) => {
    const talk = living(policy);
    talk.live(...entries);
    return talk;
  };

  it("is cut at 0 when its response has ended, so that the model does not believe it said it", () => {
    const late = [...begun, words, speech, sound("r1", "a1", 200)];
    expect(after(late).sent).toEqual([]);
    const talk = after([...late, ...ends]);
    expect(cuts(talk)).toEqual([["a1", 0]]);
    expect(talk.interruptions).toMatchObject([
      { by: "user", itemId: "a1", heardMs: 0, heardText: "", discardedMs: 200, truncatedAtMs: 0 },
    ]);
  });

  it("is deleted where it has words without a sound, which a server refuses to cut, or where that is the policy", () => {
    expect(deletions(after([...begun, words, speech, ...ends]))).toEqual(["a1"]);
    const late = [...begun, words, speech, sound("r1", "a1", 200), ...ends];
    expect(deletions(after(late, { unheard: "delete" }))).toEqual(["a1"]);
    expect(cuts(after(late, { unheard: "delete" }))).toEqual([]);
  });

  it("is left alone where there is nothing of it", () => {
    expect(after([...begun, speech, ...answerEnds("r1", "a1", null, "", "cancelled")]).sent).toEqual([]);
  });

  it("is none where a program plays by itself and reports nothing", () => {
    const playing = [...begun, ...spoken("r1", "a1", "One two", 500), speech];
    expect(after([...playing, sound("r1", "a1", 100), ...ends]).sent).toEqual([]);
  });
});

describe("a cut that the server refuses", () => {
  const whole = [
    opened,
    ...answerBegins("r1", "a1", null),
    ...spoken("r1", "a1", "One two three four", 1000),
    ...answerEnds("r1", "a1", null, "One two three four"),
  ];
  const refusal = (message: string, more: object = {}) =>
    server("error", {
      error: { type: "invalid_request_error", code: "invalid_value", message, event_id: "cut_a1_0", ...more },
    });
  const refused = (heardMs: number, error: LogEntry) => {
    const talk = living();
    talk.live(...whole, speech, report("flushed", "a1", heardMs), error);
    return { talk, audio: partsOf(talk.state)[0]?.audio };
  };

  it("is put right from its message: what the server has is all that was heard", () => {
    const { talk, audio } = refused(900, refusal("Audio content of 640ms is already shorter than 900ms"));
    expect(audio).toMatchObject({ heardMs: 640, truncatedAtMs: 640 });
    expect(audio?.cutting).toBeUndefined();
    expect(talk.sent).toHaveLength(1);
  });

  it("is known by its length where the server names no command", () => {
    const anonymous = { event_id: null };
    const own = refused(900, refusal("Audio content of 640ms is already shorter than 900ms", anonymous));
    expect(own.audio?.truncatedAtMs).toBe(640);
    const other = refused(900, refusal("Audio content of 640ms is already shorter than 901ms", anonymous));
    expect(other.audio?.truncatedAtMs).toBeUndefined();
    expect(other.audio?.cutting).toEqual({ commandId: "cut_a1_0", atMs: 900 });
  });

  it("before the first sound removes the message instead", () => {
    const code = { code: "unsupported_content_type" };
    const message = "Only model output audio messages can be truncated";
    expect(deletions(refused(0, refusal(message, code)).talk)).toEqual(["a1"]);
    expect(deletions(refused(1, refusal(message, code)).talk)).toEqual([]);
    const unknown = refusal("There is no such item.", { code: "item_truncate_invalid_item_id" });
    expect(deletions(refused(0, unknown).talk)).toEqual([]);
  });

  it("never silences the session: the next answer is asked for and played", () => {
    const { talk } = refused(900, refusal("Whatever."));
    talk.live(
      ...heard("u2", "a1", "Go on").slice(1),
      ...answerBegins("r2", "a2", "u2"),
      ...spoken("r2", "a2", "Yes", 100),
    );
    expect(talk.effects.at(-1)).toMatchObject({ type: "play", itemId: "a2" });
    talk.live(...answerEnds("r2", "a2", "u2", "Yes"), local({ type: "response.requested" }));
    expect(talk.sent.at(-1)).toMatchObject({ type: "response.create" });
  });
});

describe("a part that is over", () => {
  const playing = [opened, ...answerBegins("r1", "a1", null), ...spoken("r1", "a1", "One two", 1000)];

  it("is not cut again by what a player says later of it", () => {
    const talk = living();
    talk.live(...playing, speech, report("flushed", "a1", 300), ...spoken("r1", "a1", " three", 100));
    talk.live(report("flushed", "a1", 700), report("progress", "a1", 800), report("finished", "a1", 1000));
    expect(cuts(talk)).toEqual([["a1", 300]]);
    expect(talk.interruptions).toHaveLength(1);
    expect(partsOf(talk.state)[0]?.audio).toMatchObject({ heardMs: 300, playback: "flushed" });
  });

  it("is not cut by us where somebody else has cut it", () => {
    const place = { item_id: "a1", content_index: 0, audio_end_ms: 200 };
    const own = client({ type: "conversation.item.truncate", event_id: "mine", ...place });
    for (const cut of [own, server("conversation.item.truncated", place)]) {
      const talk = living();
      talk.live(...playing, cut, speech, report("flushed", "a1", 300));
      expect(cuts(talk)).toEqual([]);
    }
  });

  it("is cut where the server's sound ends, when the player waits for more at that moment", () => {
    const talk = living();
    talk.live(...playing, report("progress", "a1", 1000), speech, report("flushed", "a1", 1000));
    expect(cuts(talk)).toEqual([["a1", 1000]]);
  });
});

describe("interruptions", () => {
  const two = [
    opened,
    ...answerBegins("r1", "a1", null),
    ...spoken("r1", "a1", "One two three four", 1000),
    ...answerEnds("r1", "a1", null, "One two three four"),
    ...answerBegins("r2", "a2", "a1"),
    ...spoken("r2", "a2", "Five six", 500),
    ...answerEnds("r2", "a2", "a1", "Five six"),
  ];
  const flushes = [report("flushed", "a1", 610.5), report("flushed", "a2", 0)];

  it("say who, what, and how much of it was heard, thrown away and cut", () => {
    const talk = living({ truncationMarginMs: 85 });
    talk.live(...two, speech, ...flushes, ...flushes);
    expect(talk.interruptions).toEqual([
      {
        by: "user",
        itemId: "a1",
        contentIndex: 0,
        responseId: "r1",
        heardMs: 610.5,
        heardText: "One two",
        discardedMs: 389.5,
        truncatedAtMs: 525,
      },
      {
        by: "user",
        itemId: "a2",
        contentIndex: 0,
        responseId: "r2",
        heardMs: 0,
        heardText: "",
        discardedMs: 500,
        truncatedAtMs: 0,
      },
    ]);
  });

  it("tell the program's own from the user's, and from those of a request that replaces", () => {
    const by = (...entries: readonly LogEntry[]) => {
      const talk = living();
      talk.live(...two, ...entries, report("flushed", "a1", 100));
      return talk.interruptions.map((each) => each.by);
    };
    expect(by(local({ type: "interrupt.requested" }))).toEqual(["program"]);
    expect(by(local({ type: "response.requested", policy: "replace" }))).toEqual(["turn"]);
    expect(by(speech)).toEqual(["user"]);
    expect(by()).toEqual(["program"]);
  });

  it("are none for what was heard in full", () => {
    const talk = living();
    talk.live(...two, report("finished", "a1", 1000), speech, report("flushed", "a2", 499.5));
    expect(talk.interruptions).toEqual([]);
    expect(talk.sent).toEqual([]);
  });

  it("are the same where the server plays, which is asked for nothing", () => {
    const media = local({ type: "link.opened", transport: "webrtc", audio: "media" });
    const place = { response_id: "r1", item_id: "a1", output_index: 0, content_index: 0 };
    const started = server("output_audio_buffer.started", { response_id: "r1" });
    const begun = [
      media,
      ...answerBegins("r1", "a1", null),
      server("response.output_audio_transcript.delta", { ...place, delta: "One two three four" }),
      started,
    ];
    const cleared = server("output_audio_buffer.cleared", { response_id: "r1" });
    const truncated = server("conversation.item.truncated", {
      item_id: "a1",
      content_index: 0,
      audio_end_ms: 600,
    });
    for (const [first, second] of [
      [cleared, truncated],
      [truncated, cleared],
    ] as const) {
      const talk = living();
      talk.live(...begun, speech, first, second, truncated);
      expect(talk.interruptions).toEqual([
        {
          by: "user",
          itemId: "a1",
          contentIndex: 0,
          responseId: "r1",
          heardMs: 600,
          heardText: "One two",
          truncatedAtMs: 600,
        },
      ]);
      expect(talk.sent).toEqual([]);
      expect(partsOf(talk.state)[0]?.audio).toMatchObject({
        heardMs: 600,
        playback: "flushed",
        truncatedAtMs: 600,
      });
    }
    const stopped = living();
    stopped.live(...begun, server("output_audio_buffer.stopped", { response_id: "r1" }), speech);
    expect(stopped.interruptions).toEqual([]);
  });
});

describe("a cut of an item that is announced as an output alone", () => {
  const isOfOutput = ({ event }: LogEntry) => !/^conversation\.item\.(added|done)$/.test(event.type);
  const answer = [
    ...answerBegins("r1", "a1", null),
    ...spoken("r1", "a1", "Hello there", 1000),
    ...answerEnds("r1", "a1", null, "Hello there"),
  ].filter(isOfOutput);

  it("is made, confirmed and refused like any other", () => {
    const talk = living();
    talk.live(opened, ...answer, speech, report("flushed", "a1", 300));
    expect(cuts(talk)).toEqual([["a1", 300]]);
    expect(talk.interruptions).toMatchObject([{ by: "user", truncatedAtMs: 300 }]);
    const error = { event_id: "cut_a1_0", message: "Audio content of 250ms is already shorter than 300ms" };
    talk.live(server("error", { error }));
    const [item] = talk.state.detached;
    expect(item).toMatchObject({ content: [{ audio: { truncatedAtMs: 250, heardMs: 250 } }] });
  });

  it("is not made of an answer out of band, which no conversation has", () => {
    const talk = living();
    const aside = answer.map((entry) =>
      entry.event.type === "response.created"
        ? server("response.created", { response: { id: "r1", status: "in_progress", conversation_id: null } })
        : entry,
    );
    talk.live(opened, ...aside.slice(0, -2), speech, report("flushed", "a1", 300));
    expect(cuts(talk)).toEqual([]);
  });
});

describe("an interruption", () => {
  const answer = [
    ...answerBegins("r1", "a1", null),
    ...spoken("r1", "a1", "Hello there", 1000),
    ...answerEnds("r1", "a1", null, "Hello there"),
  ];

  it("says where the program itself had cut", () => {
    const own = client({
      type: "conversation.item.truncate",
      item_id: "a1",
      content_index: 0,
      audio_end_ms: 500,
    });
    const confirmed = server("conversation.item.truncated", {
      item_id: "a1",
      content_index: 0,
      audio_end_ms: 500,
    });
    for (const known of [[own], [own, confirmed]]) {
      const talk = living();
      talk.live(opened, ...answer, ...known, speech, report("flushed", "a1", 900));
      expect(talk.interruptions).toMatchObject([{ heardMs: 900, truncatedAtMs: 500 }]);
      expect(cuts(talk)).toEqual([]);
    }
  });

  it("is not by who silenced an answer before", () => {
    const talk = living();
    talk.live(opened, ...heard("u0", null, "Hi"), ...answer, report("flushed", "a1", 500));
    expect(talk.interruptions).toMatchObject([{ by: "program" }]);
    const other = living();
    other.live(opened, local({ type: "interrupt.requested" }), ...answer);
    expect(other.state.turn.interruptedBy).toBe(null);
  });
});

describe("an answer out of band that sounds", () => {
  it("is not played on once the player was silenced", () => {
    const talk = living();
    const begun = server("response.created", {
      response: { id: "r1", status: "in_progress", conversation_id: null },
    });
    talk.live(opened, begun, ...answerBegins("r1", "a1", null).slice(1), sound("r1", "a1", 100));
    const plays = () => talk.effects.filter(({ type }) => type === "play").length;
    expect(plays()).toBe(1);
    talk.live(speech, report("flushed", "a1", 50), sound("r1", "a1", 100));
    expect(plays()).toBe(1);
  });
});
