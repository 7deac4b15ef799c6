/** A frame to read, as it stands on the wire. */
export interface Frame {
  readonly name: string;
  /** How long reading it may take with full validation, as a multiple of `JSON.parse` alone. */
  readonly targetRatio: number;
  readonly text: string;
}

/** The frames that decide how decoding feels: the one that comes most often, and a large one with much structure. */
export const frames: readonly Frame[] = [
  { name: "100 ms audio delta", targetRatio: 1.15, text: JSON.stringify(audioDelta()) },
  { name: "2 kB session.updated", targetRatio: 1.6, text: JSON.stringify(sessionUpdated()) },
];

/** 100 ms of PCM16 at 24 kHz: 4,800 bytes, 6,400 characters of base64. The samples are a sweep, not silence. */
function audioDelta() {
  const pcm = Buffer.alloc(4_800);
  for (let index = 0; index < pcm.length / 2; index++) {
    pcm.writeInt16LE(Math.round(12_000 * Math.sin(index * index * 0.0004)), index * 2);
  }
  return {
    type: "response.output_audio.delta",
    event_id: "event_CxB7qQ2mJt4ZyN0aRfWvE",
    response_id: "resp_CxB7pHs81UoKdL5eGiXwT",
    item_id: "item_CxB7pM3nVbYcA9rQzJkSf",
    output_index: 0,
    content_index: 0,
    delta: pcm.toString("base64"),
  };
}

/** A session with everything on that an application of today sets: about 2 kB. */
function sessionUpdated() {
  return {
    type: "session.updated",
    event_id: "event_CxB7oD5uWgHj2TsPmNqLe",
    session: {
      type: "realtime",
      object: "realtime.session",
      id: "sess_CxB7oA8fRkEv3XyCiZbUt",
      model: "gpt-realtime-2",
      output_modalities: ["audio"],
      instructions:
        "You answer the telephone of a repair shop for bicycles. Be friendly and short. Ask for the kind of " +
        "bicycle, what is wrong with it and when it can be brought in. Never promise a price; say that the " +
        "mechanic calls back within a day. Spell out every number that you repeat. If the caller is upset, " +
        "say that you are sorry, once, and offer the next free hour. The shop is open from nine to six on weekdays " +
        "and from ten to two on Saturdays. It takes no motorcycles. When you do not know something, say so.",
      tools: [
        {
          type: "function",
          name: "find_free_hours",
          description: "Lists the hours of a day in which the workshop can take a bicycle.",
          parameters: {
            type: "object",
            properties: {
              date: { type: "string", format: "date" },
              kind: { enum: ["city", "race", "cargo"] },
            },
            required: ["date"],
          },
        },
        {
          type: "function",
          name: "book_hour",
          description: "Books an hour for a caller. Fails when somebody else was faster.",
          parameters: {
            type: "object",
            properties: { date: { type: "string" }, hour: { type: "integer" }, name: { type: "string" } },
            required: ["date", "hour", "name"],
          },
        },
      ],
      tool_choice: "auto",
      parallel_tool_calls: true,
      reasoning: { effort: "low" },
      max_output_tokens: 2_048,
      tracing: null,
      truncation: { type: "retention_ratio", retention_ratio: 0.8 },
      prompt: null,
      expires_at: 1_795_000_000,
      audio: {
        input: {
          format: { type: "audio/pcm", rate: 24_000 },
          transcription: { model: "gpt-4o-mini-transcribe", language: "en", prompt: null },
          noise_reduction: { type: "near_field" },
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
        output: { format: { type: "audio/pcm", rate: 24_000 }, voice: "marin", speed: 1 },
      },
      include: null,
    },
  };
}
