import { describe, expect, it } from "vitest";
import { conversation, one, only, shapeOf, typesOf } from "../support/conversation.ts";

describe("connection", () => {
  it("greets unprompted with every field that the service reports", () => {
    const { open } = conversation({ instructions: "Be brief." });
    const events = open();
    expect(typesOf(events)).toEqual(["session.created"]);
    const { session, event_id } = one(events, "session.created");
    expect(event_id).toMatch(/^event_[0-9A-Za-z]{21}$/);
    expect(session).toEqual({
      type: "realtime",
      object: "realtime.session",
      id: expect.stringMatching(/^sess_[0-9A-Za-z]{21}$/),
      model: "gpt-realtime",
      output_modalities: ["audio"],
      instructions: "Be brief.",
      tools: [],
      tool_choice: "auto",
      max_output_tokens: "inf",
      tracing: null,
      truncation: "auto",
      prompt: null,
      expires_at: 1_000_003_600,
      audio: {
        input: {
          format: { type: "audio/pcm", rate: 24000 },
          transcription: null,
          noise_reduction: null,
          turn_detection: {
            type: "server_vad",
            threshold: 0.5,
            prefix_padding_ms: 300,
            silence_duration_ms: 200,
            idle_timeout_ms: null,
            create_response: true,
            interrupt_response: true,
          },
        },
        output: { format: { type: "audio/pcm", rate: 24000 }, voice: "alloy", speed: 1 },
      },
      include: null,
    });
  });
});

describe("a text turn", () => {
  it("has the events of the wire in their order", () => {
    const talk = conversation({ scenario: { turns: [{ say: "It is foggy." }] } });
    talk.open();
    talk.send({ type: "session.update", session: { type: "realtime", output_modalities: ["text"] } });
    const created = talk.send({
      type: "conversation.item.create",
      item: { type: "message", role: "user", content: [{ type: "input_text", text: "Hi" }] },
    });
    expect(typesOf(created)).toEqual(["conversation.item.added", "conversation.item.done"]);
    const user = one(created, "conversation.item.added");
    expect(user).toMatchObject({ previous_item_id: null, item: { status: "completed", role: "user" } });

    expect(typesOf(talk.send({ type: "response.create" }))).toEqual(["response.created"]);
    const events = talk.advance(1000);
    expect(shapeOf(events)).toEqual([
      "response.output_item.added",
      "conversation.item.added",
      "response.content_part.added",
      "response.output_text.delta*",
      "response.output_text.done",
      "response.content_part.done",
      "conversation.item.done",
      "response.output_item.done",
      "response.done",
      "rate_limits.updated",
    ]);
    const assistant = one(events, "conversation.item.added");
    expect(assistant.previous_item_id).toBe(user.item.id);
    expect(assistant.item).toEqual({
      id: expect.stringMatching(/^item_[0-9A-Za-z]{21}$/),
      type: "message",
      status: "in_progress",
      role: "assistant",
      content: [],
    });
    expect(one(events, "response.content_part.added").part).toEqual({ type: "text", text: "" });
    const deltas = only(events, "response.output_text.delta");
    expect(deltas.map(({ delta }) => delta)).toEqual(["It", " is", " foggy", "."]);
    for (const { delta, obfuscation } of deltas) {
      expect(obfuscation).toHaveLength(16 - delta.length);
    }
    const { response } = one(events, "response.done");
    expect(response).toMatchObject({
      object: "realtime.response",
      status: "completed",
      status_details: null,
      output: [
        {
          id: assistant.item.id,
          type: "message",
          status: "completed",
          role: "assistant",
          content: [{ type: "output_text", text: "It is foggy." }],
        },
      ],
      output_modalities: ["text"],
      metadata: null,
    });
    // Behind the conversation's first item it is not named a second time.
    expect(one(events, "conversation.item.done").previous_item_id).toBeNull();
  });
});

describe("a spoken turn under server_vad", () => {
  it("has the events of the wire in their order, with one item id throughout", () => {
    const talk = conversation({
      scenario: { turns: [{ heard: "What is it?", say: "It is sunny in Lisbon." }] },
    });
    talk.open();
    const heard = talk.speak("What is the weather like?");
    expect(typesOf(heard)).toEqual([
      "input_audio_buffer.speech_started",
      "input_audio_buffer.speech_stopped",
      "input_audio_buffer.committed",
      "conversation.item.added",
      "conversation.item.done",
      "response.created",
    ]);
    const { item_id } = one(heard, "input_audio_buffer.speech_started");
    expect(one(heard, "input_audio_buffer.speech_stopped").item_id).toBe(item_id);
    expect(one(heard, "input_audio_buffer.committed")).toMatchObject({ item_id, previous_item_id: null });
    const userItem = {
      id: item_id,
      type: "message",
      status: "completed",
      role: "user",
      content: [{ type: "input_audio", transcript: null }],
    };
    expect(one(heard, "conversation.item.added").item).toEqual(userItem);
    expect(one(heard, "conversation.item.done").item).toEqual(userItem);

    const answer = talk.advance(3000);
    expect(shapeOf(answer)).toEqual([
      "response.output_item.added",
      "conversation.item.added",
      "response.content_part.added",
      "response.output_audio.delta*",
      "response.output_audio_transcript.delta*",
      "response.output_audio.done",
      "response.output_audio_transcript.done",
      "response.content_part.done",
      "conversation.item.done",
      "response.output_item.done",
      "response.done",
      "rate_limits.updated",
    ]);
    expect(one(answer, "conversation.item.added").previous_item_id).toBe(item_id);
    const transcript = only(answer, "response.output_audio_transcript.delta").map(({ delta }) => delta);
    expect(transcript.join("")).toBe("It is sunny in Lisbon.");
    expect(one(answer, "response.output_audio_transcript.done").transcript).toBe("It is sunny in Lisbon.");
    expect(one(answer, "response.content_part.done").part).toEqual({
      type: "audio",
      transcript: "It is sunny in Lisbon.",
    });
    expect(one(answer, "conversation.item.done").previous_item_id).toBeNull();
  });

  it("sends audio faster than real time in pieces, with the transcript ahead", () => {
    const say = "One two three four five six seven eight nine ten.";
    const talk = conversation({ scenario: { turns: [{ say }] }, pace: 4, chunkMs: 100, firstOutputMs: 50 });
    talk.open();
    talk.send({ type: "response.create" });
    const startMs = talk.nowMs;
    const arrivals: { type: string; atMs: number; bytes: number }[] = [];
    while (talk.state.wakeAtMs !== undefined && talk.state.wakeAtMs < startMs + 10_000) {
      for (const event of talk.advance(talk.state.wakeAtMs - talk.nowMs)) {
        const bytes = event.type === "response.output_audio.delta" ? (event.delta.length * 3) / 4 : 0;
        arrivals.push({ type: event.type, atMs: talk.nowMs - startMs, bytes });
      }
    }
    const audio = arrivals.filter(({ type }) => type === "response.output_audio.delta");
    const words = arrivals.filter(({ type }) => type === "response.output_audio_transcript.delta");
    const spokenMs = (say.length / 14) * 1000;
    expect(audio).toHaveLength(Math.ceil(spokenMs / 100));
    expect(Math.max(...audio.map(({ bytes }) => bytes))).toBe(4800);
    expect(words[0]!.atMs).toBe(50);
    expect(words[0]!.atMs).toBeLessThan(audio[0]!.atMs);
    expect(words.at(-1)!.atMs).toBeLessThan(audio.at(-1)!.atMs);
    // 4 times as fast as it plays, from the first words on.
    expect(audio.at(-1)!.atMs).toBeCloseTo(50 + 40 + spokenMs / 4, 6);
  });

  it("gives the second user message the answer before it as predecessor", () => {
    const talk = conversation();
    talk.open();
    talk.speak("First question");
    const answer = one(talk.advance(5000), "conversation.item.added").item;
    const second = talk.speak("Second question");
    expect(one(second, "input_audio_buffer.committed").previous_item_id).toBe(answer.id);
  });
});

describe("a turn with function calls", () => {
  const turns = [
    {
      say: "Let me see.",
      tools: [
        { name: "get_weather", arguments: { city: "Lisbon" } },
        { name: "get_time", arguments: '{ "zone": "WET" }' },
      ],
    },
    { say: "Sunny, at noon." },
  ];

  it("makes a message and then parallel calls, and goes on only when it is asked to", () => {
    const talk = conversation({ scenario: { turns } });
    talk.open();
    talk.send({ type: "session.update", session: { type: "realtime", output_modalities: ["text"] } });
    talk.send({ type: "response.create" });
    const events = talk.advance(2000);
    const call = [
      "response.output_item.added",
      "conversation.item.added",
      "response.function_call_arguments.delta*",
      "response.function_call_arguments.done",
      "conversation.item.done",
      "response.output_item.done",
    ];
    expect(shapeOf(events)).toEqual([
      "response.output_item.added",
      "conversation.item.added",
      "response.content_part.added",
      "response.output_text.delta*",
      "response.output_text.done",
      "response.content_part.done",
      "conversation.item.done",
      "response.output_item.done",
      ...call,
      ...call,
      "response.done",
      "rate_limits.updated",
    ]);
    const done = only(events, "response.function_call_arguments.done");
    expect(done.map(({ name, arguments: text, output_index }) => [name, text, output_index])).toEqual([
      ["get_weather", '{"city":"Lisbon"}', 1],
      ["get_time", '{ "zone": "WET" }', 2],
    ]);
    for (const { item_id, call_id, arguments: text } of done) {
      const deltas = only(events, "response.function_call_arguments.delta").filter(
        (delta) => delta.item_id === item_id,
      );
      expect(deltas.map(({ delta }) => delta).join("")).toBe(text);
      expect(deltas.every((delta) => delta.call_id === call_id)).toBe(true);
      expect(call_id).toMatch(/^call_[0-9A-Za-z]{16}$/);
    }
    const added = only(events, "response.output_item.added")[1]!;
    expect(added.item).toMatchObject({ type: "function_call", status: "in_progress", arguments: "" });
    expect(one(events, "response.done").response.output).toMatchObject([
      { type: "message" },
      { type: "function_call", status: "completed", name: "get_weather" },
      { type: "function_call", status: "completed", name: "get_time" },
    ]);

    for (const { call_id } of done) {
      const made = talk.send({
        type: "conversation.item.create",
        item: { type: "function_call_output", call_id, output: "fine" },
      });
      expect(typesOf(made)).toEqual(["conversation.item.added", "conversation.item.done"]);
      expect(one(made, "conversation.item.added").item).toEqual({
        id: expect.any(String),
        type: "function_call_output",
        call_id,
        output: "fine",
      });
    }
    expect(talk.advance(5000)).toEqual([]);
    talk.send({ type: "response.create" });
    expect(one(talk.advance(2000), "response.output_text.done").text).toBe("Sunny, at noon.");
  });

  it("refuses the output of a call that nobody made", () => {
    const talk = conversation();
    talk.open();
    const events = talk.send({
      type: "conversation.item.create",
      event_id: "mine",
      item: { type: "function_call_output", call_id: "call_unknown", output: "" },
    });
    expect(events).toHaveLength(1);
    expect(one(events, "error").error).toEqual({
      type: "invalid_request_error",
      code: "invalid_tool_call_id",
      message: "Tool call ID 'call_unknown' not found in conversation.",
      param: null,
      event_id: "mine",
    });
  });
});
