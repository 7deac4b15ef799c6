import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { openaiRealtime } from "@duologue/protocol";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { redacted, withoutKeys } from "../src/redacted.ts";
import { isBlocks, redactor } from "../src/redaction.ts";

const delta = { type: "response.output_audio.delta", item_id: "item_1", delta: "q80BAgMEBQY=" };
const words = {
  type: "response.output_audio_transcript.delta",
  item_id: "item_1",
  response_id: "resp_1",
  delta: "Good morning",
};

describe("redaction of audio", () => {
  const { redact } = redactor({ audio: true, salt: "" });

  it("leaves silence of the same length, and words as they are", () => {
    const { value, hashes } = redact(delta);
    expect(value).toEqual({ ...delta, delta: "AAAAAAAAAAA=" });
    expect(Buffer.from(value.delta, "base64")).toEqual(Buffer.alloc(8));
    // The hash of the text as it stood there, so that it can be recognised.
    expect(Object.keys(hashes)).toEqual(["/delta"]);
    expect(redact(delta).hashes).toEqual(hashes);
    expect(redact(words)).toEqual({ value: words, hashes: {} });
  });

  it("finds it wherever the protocols put it", () => {
    const sound = "q80BAgMEBQY=";
    const events = [
      { type: "input_audio_buffer.append", audio: sound },
      { type: "response.audio.delta", delta: sound },
      { type: "session.output_audio.delta", delta: sound },
      {
        type: "conversation.item.retrieved",
        item: { type: "message", role: "user", content: [{ type: "input_audio", audio: sound }] },
      },
      {
        type: "link.frame",
        link: 2,
        from: "server",
        event: { type: "response.output_audio.delta", delta: sound },
      },
    ];
    for (const event of events) expect(JSON.stringify(redact(event).value)).not.toContain(sound);
  });

  it("keeps the number of bytes of any base64", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 200 }), (bytes) => {
        const audio = Buffer.from(bytes).toString("base64");
        const { value } = redact({ type: "input_audio_buffer.append", audio });
        expect(value.audio).toHaveLength(audio.length);
        expect(Buffer.from(value.audio, "base64")).toEqual(Buffer.alloc(bytes.length));
      }),
    );
  });
});

describe("redaction of text", () => {
  const { redact } = redactor({ text: true });

  it("leaves blocks of the same length, and ids, types and sound as they are", () => {
    const { value, hashes } = redact(words);
    expect(value).toEqual({ ...words, delta: "█".repeat(12) });
    expect(hashes).toEqual({ "/delta": expect.stringMatching(/^[0-9a-f]{16}$/) });
    expect(redact(delta)).toEqual({ value: delta, hashes: {} });
    expect([isBlocks(value.delta), isBlocks(words.delta), isBlocks("")]).toEqual([true, false, false]);
  });

  it("keeps how an answer was asked for, without what it was to be like", () => {
    const event = { type: "response.requested", id: "respond_1", policy: "queue" };
    const { value } = redact({ ...event, response: { conversation: "none", instructions: "Sing." } });
    expect(value).toEqual({ ...event, response: { conversation: "none", instructions: "█".repeat(5) } });
  });

  it("hides whatever was said, asked, answered or instructed, and every word of what nobody knows", () => {
    const secret = "the password is swordfish";
    const events = [
      {
        type: "session.update",
        session: { instructions: secret, tools: [{ type: "function", name: "f", description: secret }] },
      },
      {
        type: "conversation.item.create",
        item: { type: "function_call_output", call_id: "c", output: secret },
      },
      { type: "response.function_call_arguments.done", name: "f", call_id: "c", arguments: secret },
      { type: "error", error: { type: "invalid_request_error", code: "invalid_value", message: secret } },
      { type: "mcp", item: { type: "mcp_approval_response", approval_request_id: "a", reason: secret } },
      { type: "weather.changed", forecast: [{ words: secret }], "a/b~c": secret },
      {
        type: "conversation.item.input_audio_transcription.delta",
        logprobs: [{ token: secret, bytes: [...Buffer.from(secret)] }],
      },
    ];
    for (const event of events) {
      const line = JSON.stringify(redact(event).value);
      expect(line).not.toMatch(/swordfish/);
      expect(line).not.toContain(Buffer.from("sword").join(","));
    }
    expect(redact(events[5]).hashes).toHaveProperty(["/a~1b~0c"]);
    expect(redact(events[3]).value).toMatchObject({ error: { code: "invalid_value" } });
  });

  it("has hashes that nobody can guess from one recording to the next, unless the salt is shared", () => {
    const other = redactor({ text: true });
    expect(other.redact(words).hashes).not.toEqual(redact(words).hashes);
    const [one, two] = [redactor({ text: true, salt: "ours" }), redactor({ text: true, salt: "ours" })];
    expect(one.redact(words).hashes).toEqual(two.redact(words).hashes);
  });
});

describe("what is redacted", () => {
  const schemas = new URL("../../../schemas/realtime/", import.meta.url);
  const { redact } = redactor({ audio: true, text: true });

  it("conforms to the schemas as the original does, in every example of every event", () => {
    let examples = 0;
    for (const side of ["client", "server"] as const) {
      const decode = side === "client" ? openaiRealtime.decodeClient : openaiRealtime.decode;
      for (const file of readdirSync(new URL(`${side}/`, schemas))) {
        const schema = JSON.parse(readFileSync(new URL(`${side}/${file}`, schemas), "utf8"));
        for (const example of schema.examples ?? []) {
          examples++;
          const before = decode(JSON.stringify(example));
          const after = decode(JSON.stringify(redact(redacted(example)).value));
          expect(after.kind === "known" ? after.issues : after, file).toEqual(
            before.kind === "known" ? before.issues : before,
          );
        }
      }
    }
    expect(examples).toBeGreaterThan(50);
  });

  const real = fileURLToPath(new URL("../../../../shared/recordings/", import.meta.url));
  if (!existsSync(real)) console.info(`No recordings beside the repository (${real}): not redacted.`);
  it.runIf(existsSync(real))("conforms as the original does, in recordings of real services", () => {
    for (const name of readdirSync(real)) {
      for (const line of readFileSync(real + name, "utf8")
        .trim()
        .split("\n")
        .slice(1)) {
        const { from, event } = JSON.parse(line);
        const decode = from === "client" ? openaiRealtime.decodeClient : openaiRealtime.decode;
        const issues = (value: unknown) => {
          const decoded = decode(JSON.stringify(value));
          return decoded.kind === "known" ? decoded.issues.map(({ path }) => path) : [decoded.kind];
        };
        expect(issues(redact(redacted(event)).value)).toEqual(issues(event));
      }
    }
  });

  it("is nothing unless it is asked for", () => {
    const event = { ...words, extra: 1 };
    expect(redactor({}).redact(event).value).toBe(event);
  });
});

describe("credentials", () => {
  it("in a session's client secret are replaced, without being asked for", () => {
    const event = {
      type: "session.created",
      session: { client_secret: { value: "ek_1234567890abcdef", expires_at: 1 } },
    };
    expect(JSON.stringify(redacted(event))).not.toContain("ek_");
  });

  it("are cut out of the texts by which links end", () => {
    const key = "sk-proj-abcDEF1234567890";
    expect(withoutKeys(`Incorrect API key provided: ${key}.`)).not.toContain("abcDEF");
    expect(withoutKeys("Authorization: Bearer abcdefghijklmnop")).not.toContain("abcdefghijklmnop");
    const harmless = "invalid_request_error.invalid_model: the session-expired after 60 minutes";
    expect(withoutKeys(harmless)).toBe(harmless);
  });
});
