import {
  checkApiErrorResponse,
  checkClientSecretResponse,
  checkTranslationClientSecretResponse,
} from "@duologue/protocol/rest";
import OpenAI from "openai";
import { describe, expect, it } from "vitest";
import { one } from "../support/conversation.ts";
import { listening } from "../support/listening.ts";
import { client, withKey } from "../support/web-socket-client.ts";

/** Posts JSON with a key; the status and the body. */
async function post(baseUrl: string, path: string, body: unknown, headers: Record<string, string> = {}) {
  const response = await fetch(`${baseUrl}${path}`, {
    method: "POST",
    headers: { authorization: "Bearer sk-test", "content-type": "application/json", ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: text === "" ? undefined : JSON.parse(text),
  };
}

describe("an address that is none", () => {
  it("is not found, whatever every object has by that name", async () => {
    const { baseUrl } = await listening();
    for (const name of ["constructor", "toString", "__proto__", "valueOf", "hasOwnProperty", "nope"]) {
      const { status } = await post(baseUrl, `/realtime/${name}`, {});
      expect({ name, status }).toEqual({ name, status: 404 });
    }
  });
});

describe("POST /v1/realtime/client_secrets", () => {
  it("gives the official client a secret that opens sessions with its settings", async () => {
    const { baseUrl, url } = await listening({ keys: ["sk-test"], epochMs: () => 1_900_000_000_500 });
    const openai = new OpenAI({ apiKey: "sk-test", baseURL: baseUrl });
    const secret = await openai.realtime.clientSecrets.create({
      expires_after: { anchor: "created_at", seconds: 60 },
      session: { type: "realtime", model: "gpt-realtime-2", instructions: "Speak Welsh." },
    });
    expect(secret.value).toMatch(/^ek_[0-9a-f]{32}$/);
    expect(secret.expires_at).toBe(1_900_000_060);
    expect(secret.session).toMatchObject({ model: "gpt-realtime-2", instructions: "Speak Welsh." });
    expect(checkClientSecretResponse(secret)).toBeUndefined();

    for (const target of [url, `${url}?model=gpt-realtime`]) {
      const { events, until } = client(target, ["realtime", `openai-insecure-api-key.${secret.value}`]);
      await until("session.created");
      expect(one(events, "session.created").session).toMatchObject({
        model: "gpt-realtime-2",
        instructions: "Speak Welsh.",
      });
    }
  });

  it("gives every secret a session of its own", async () => {
    const { baseUrl } = await listening();
    const ids = new Set<unknown>();
    for (let count = 0; count < 3; count++) {
      const { body } = await post(baseUrl, "/realtime/client_secrets", {});
      ids.add(body.session.id);
    }
    expect(ids.size).toBe(3);
  });

  it("lets a secret open sessions until it expires, and its sessions outlive it", async () => {
    let epochMs = 1_900_000_000_000;
    const { baseUrl, url } = await listening({ epochMs: () => epochMs });
    const { body } = await post(baseUrl, "/realtime/client_secrets", { expires_after: { seconds: 10 } });
    const bearer = { headers: { authorization: `Bearer ${body.value}` } };
    const early = client(`${url}?model=m`, [], bearer);
    await early.until("session.created");
    epochMs += 10_000;
    const late = client(`${url}?model=m`, [], bearer);
    expect(await late.closed).toEqual({ code: 3000, reason: "invalid_request_error.invalid_api_key" });
    early.send({ type: "input_audio_buffer.clear" });
    await early.until("input_audio_buffer.cleared");
  });

  it("makes secrets for transcription, without a model", async () => {
    const { baseUrl, url } = await listening();
    const session = { type: "transcription", audio: { input: { transcription: { model: "whisper-1" } } } };
    const { status, body } = await post(baseUrl, "/realtime/client_secrets", { session });
    expect(status).toBe(200);
    expect(checkClientSecretResponse(body)).toBeUndefined();
    const { events, until } = client(url, [], { headers: { authorization: `Bearer ${body.value}` } });
    await until("session.created");
    expect(one(events, "session.created").session).toMatchObject(session);
  });

  it("refuses as session.update would, with the field at fault", async () => {
    const { baseUrl } = await listening({ models: ["gpt-realtime"] });
    const cases: [unknown, string | null, string | null][] = [
      ["{", "invalid_json", null],
      ["[]", "invalid_type", null],
      [{ bogus: 1 }, "unknown_parameter", "bogus"],
      [{ session: { type: "realtime", bogus: 1 } }, "unknown_parameter", "session.bogus"],
      [{ session: { model: "gpt-realtime" } }, "missing_required_parameter", "session.type"],
      [{ session: { type: "realtime", model: "gpt-2" } }, "invalid_model", "session.model"],
      [
        { session: { type: "realtime", audio: { input: { format: { type: "audio/pcm", rate: 16000 } } } } },
        "integer_below_min_value",
        "session.audio.input.format.rate",
      ],
      [{ expires_after: { seconds: 9 } }, "integer_below_min_value", "expires_after.seconds"],
      [{ expires_after: { seconds: 7201 } }, "integer_above_max_value", "expires_after.seconds"],
    ];
    for (const [asked, code, param] of cases) {
      const { status, body } = await post(baseUrl, "/realtime/client_secrets", asked);
      expect(status, JSON.stringify(asked)).toBe(400);
      expect(body.error).toMatchObject({ type: "invalid_request_error", code, param });
      expect(Object.keys(body.error)).toEqual(["message", "type", "param", "code"]);
      expect(checkApiErrorResponse(body)).toBeUndefined();
    }
  });
});

describe("the HTTP interface", () => {
  it("wants a key that is good, and no client secret for what needs more", async () => {
    const { baseUrl } = await listening({ keys: ["sk-test"] });
    const { body: secret } = await post(baseUrl, "/realtime/client_secrets", {});
    const cases = [
      ["", null, "Missing bearer or basic authentication in header"],
      ["Bearer sk-wrong", "invalid_api_key", "Incorrect API key provided."],
      [`Bearer ${secret.value}`, "invalid_api_key", "wants an API key"],
    ] as const;
    for (const [authorization, code, message] of cases) {
      const { status, body } = await post(baseUrl, "/realtime/client_secrets", {}, { authorization });
      expect(status).toBe(401);
      expect(body.error).toMatchObject({ code });
      expect(body.error.message).toContain(message);
    }
  });

  it("says of every other address what is wrong with it", async () => {
    const { baseUrl } = await listening();
    expect(await post(baseUrl, "/realtime/nothing", {})).toMatchObject({
      status: 404,
      body: { error: { message: "Invalid URL (POST /v1/realtime/nothing)" } },
    });
    for (const beta of ["sessions", "transcription_sessions"]) {
      const { status, body } = await post(baseUrl, `/realtime/${beta}`, {});
      expect(status).toBe(404);
      expect(body.error).toMatchObject({ code: "beta_api_shape_disabled" });
      expect(body.error.message).toContain("client_secrets");
    }
    const got = await fetch(`${baseUrl}/realtime/client_secrets`, withKey);
    expect(got.status).toBe(405);
    const tooLarge = await post(baseUrl, "/realtime/client_secrets", " ".repeat(1024 * 1024 + 1));
    expect(tooLarge).toMatchObject({ status: 413, body: { error: { code: "request_too_large" } } });
  });

  it("lets any page call it", async () => {
    const { baseUrl } = await listening();
    const preflight = await fetch(`${baseUrl}/realtime/calls`, {
      method: "OPTIONS",
      headers: {
        origin: "https://app.example",
        "access-control-request-method": "POST",
        "access-control-request-headers": "authorization,content-type",
      },
    });
    expect(preflight.status).toBe(204);
    expect(Object.fromEntries(preflight.headers)).toMatchObject({
      "access-control-allow-origin": "*",
      "access-control-allow-headers": "authorization,content-type",
    });
    const { headers } = await post(
      baseUrl,
      "/realtime/client_secrets",
      {},
      { origin: "https://app.example" },
    );
    expect(headers.get("access-control-allow-origin")).toBe("*");
    expect(headers.get("access-control-expose-headers")).toContain("location");
  });

  it("makes secrets for translations", async () => {
    const { baseUrl, url } = await listening();
    const { status, body } = await post(baseUrl, "/realtime/translations/client_secrets", {
      session: { model: "gpt-realtime-translate", audio: { output: { language: "cy" } } },
    });
    expect(status).toBe(200);
    expect(checkTranslationClientSecretResponse(body)).toBeUndefined();
    const { events, until } = client(`${url}/translations?model=gpt-realtime-translate`, [], {
      headers: { authorization: `Bearer ${body.value}` },
    });
    await until("session.created");
    expect(one(events, "session.created").session).toMatchObject({ audio: { output: { language: "cy" } } });
    expect(await post(baseUrl, "/realtime/translations/client_secrets", { session: {} })).toMatchObject({
      status: 400,
      body: { error: { code: "missing_required_parameter", param: "session.model" } },
    });
  });
});
