import OpenAI from "openai";
import { describe, expect, it } from "vitest";
import { one, speech, typesOf } from "../support/conversation.ts";
import { fakeMedium, offer } from "../support/fake-medium.ts";
import { listening } from "../support/listening.ts";
import { client, withKey } from "../support/web-socket-client.ts";

const atOnce = { pace: Number.POSITIVE_INFINITY, firstOutputMs: 0, audioLagMs: 0, textPieceMs: 0 };

/** A call made by the official client; its id. */
async function called(baseUrl: string, session?: OpenAI.Realtime.CallCreateParams["session"]) {
  const openai = new OpenAI({ apiKey: "sk-test", baseURL: baseUrl, maxRetries: 0 });
  const answer = await openai.realtime.calls.create({ sdp: offer, ...(session && { session }) });
  expect(answer.status).toBe(201);
  expect(answer.headers.get("content-type")).toBe("application/sdp");
  expect(await answer.text()).toContain("s=answer");
  const location = answer.headers.get("location") ?? "";
  expect(location).toMatch(/^\/v1\/realtime\/calls\/rtc_[0-9a-f]{32}$/);
  return { openai, callId: location.split("/").at(-1) ?? "" };
}

describe("calls by WebRTC", () => {
  it("answers the official client and begins with its settings", async () => {
    const medium = fakeMedium();
    const { baseUrl } = await listening({ medium });
    await called(baseUrl, { type: "realtime", model: "gpt-realtime-2", instructions: "Be brief." });
    expect(medium.offers).toEqual([offer]);
    const { events } = medium.connect();
    expect(typesOf(events)).toEqual(["session.created"]);
    expect(one(events, "session.created").session).toMatchObject({
      model: "gpt-realtime-2",
      instructions: "Be brief.",
    });
  });

  it("takes the bare offer, with the settings of a client secret or the usual ones", async () => {
    const medium = fakeMedium();
    const { baseUrl } = await listening({ medium });
    await called(baseUrl);
    expect(one(medium.connect().events, "session.created").session).toMatchObject({ model: "gpt-realtime" });

    const openai = new OpenAI({ apiKey: "sk-test", baseURL: baseUrl });
    const session = { type: "realtime", model: "gpt-realtime-2" } as const;
    const { value } = await openai.realtime.clientSecrets.create({ session });
    const response = await fetch(`${baseUrl}/realtime/calls`, {
      method: "POST",
      headers: { authorization: `Bearer ${value}`, "content-type": "application/sdp" },
      body: offer,
    });
    expect(response.status).toBe(201);
    expect(one(medium.connect().events, "session.created").session).toMatchObject({
      model: "gpt-realtime-2",
    });
  });

  describe("that translate", () => {
    const audio = { output: { language: "cy" } };
    const multipart = (session: object) => {
      const form = new FormData();
      form.set("sdp", offer);
      form.set("session", JSON.stringify(session));
      return form;
    };
    const call = (baseUrl: string, path: string, body: string | FormData, key = "sk-test") =>
      fetch(`${baseUrl}/realtime/${path}`, {
        method: "POST",
        headers: {
          authorization: `Bearer ${key}`,
          ...(typeof body === "string" && { "content-type": "application/sdp" }),
        },
        body,
      });
    const secret = async (baseUrl: string, path: string, session: object) => {
      const body = JSON.stringify({ session });
      const made = await fetch(`${baseUrl}/realtime/${path}`, { method: "POST", body, ...withKey });
      return ((await made.json()) as { value: string }).value;
    };

    it.each([
      ["a form", "translations/calls", multipart({ model: "my-translate", audio }), "my-translate", "cy"],
      ["the bare offer", "translations/calls?model=my-translate", offer, "my-translate", "en"],
      ["no model", "translations/calls", offer, "gpt-realtime-translate", "en"],
      ["the model alone", "calls?model=gpt-realtime-translate", offer, "gpt-realtime-translate", "en"],
    ])("begin with %s", async (_, path, body, model, language) => {
      const medium = fakeMedium();
      const { baseUrl, control } = await listening({ medium });
      const { status, headers } = await call(baseUrl, path, body);
      expect(status).toBe(201);
      expect(headers.get("location")).toMatch(/^\/v1\/realtime\/calls\/rtc_/);
      expect(medium.connect().events).toMatchObject([
        { type: "session.created", session: { type: "translation", model, audio: { output: { language } } } },
      ]);
      expect(control.sessions()).toMatchObject([{ kind: "translation", carrier: "webrtc", model }]);
    });

    it("begin with a client secret of their own kind", async () => {
      const medium = fakeMedium();
      const { baseUrl } = await listening({ medium });
      const model = "gpt-realtime-translate";
      const own = await secret(baseUrl, "translations/client_secrets", { model, audio });
      expect((await call(baseUrl, "translations/calls", offer, own)).status).toBe(201);
      expect(medium.connect().events).toMatchObject([
        { session: { type: "translation", model, audio: { output: { language: "cy" } } } },
      ]);
      const other = await secret(baseUrl, "client_secrets", { type: "realtime" });
      expect((await call(baseUrl, "translations/calls", offer, other)).status).toBe(400);
    });

    it("hear the microphone, and are heard on the track", async () => {
      const medium = fakeMedium();
      const scenario = { turns: [{ heard: "Where is it?", say: "Ble mae o?" }] };
      const { baseUrl } = await listening({ medium, ...atOnce, scenario });
      await call(baseUrl, "translations/calls", multipart({ model: "gpt-realtime-translate" }));
      const peer = medium.connect();
      peer.session.microphone(speech("Where is it?", 600));
      peer.session.frame('{"type":"session.close"}');
      await expect.poll(() => peer.ended.length).toBe(1);
      const types = new Set<string>(typesOf(peer.events));
      expect(types).toEqual(
        new Set(["session.created", "session.output_transcript.delta", "session.closed"]),
      );
      expect(peer.playedSamples).toBeGreaterThan(0);
    });

    it.each([
      [{ model: 7 }, "invalid_type", "session.model"],
      [{ type: "realtime" }, "unknown_parameter", "session.type"],
      [{ audio: { output: { language: 7 } } }, "invalid_type", "session.audio.output.language"],
      [{ model: "gpt-2" }, "invalid_model", "session.model"],
    ])("are refused where the session is %o", async (session, code, param) => {
      const { baseUrl } = await listening({ medium: fakeMedium(), models: ["gpt-realtime-translate"] });
      const refused = await call(baseUrl, "translations/calls", multipart(session));
      expect(refused.status).toBe(400);
      expect(await refused.json()).toMatchObject({ error: { code, param } });
    });
  });

  it("shares one session between the peer and sideband connections", async () => {
    const medium = fakeMedium();
    const { baseUrl, url } = await listening({
      medium,
      ...atOnce,
      scenario: { turns: [{ say: "Hello there." }] },
    });
    const { callId } = await called(baseUrl);
    // The sideband is there before the peer: what the peer missed comes when it does.
    const sideband = client(`${url}?call_id=${callId}`, [], withKey);
    await sideband.opened;
    sideband.send({ type: "session.update", session: { type: "realtime", instructions: "From the side." } });
    await sideband.until("session.updated");
    const peer = medium.connect();
    expect(typesOf(peer.events)).toEqual(["session.created", "session.updated"]);

    peer.session.frame('{"type":"response.create"}');
    await sideband.until("response.done");
    expect(typesOf(sideband.events)).not.toContain("session.created");
    expect(typesOf(sideband.events)).toContain("response.output_audio_transcript.done");
    expect(typesOf(sideband.events)).not.toContain("response.output_audio.delta");
    expect(one(sideband.events, "response.done")).toEqual(one(peer.events, "response.done"));
    expect(peer.playedSamples).toBeGreaterThan(0);

    // An error is for whoever is at fault.
    sideband.send({ type: "nope", event_id: "mine" });
    await sideband.until("error");
    expect(one(sideband.events, "error").error).toMatchObject({ event_id: "mine" });
    peer.session.frame('{"type":"nope","event_id":"theirs"}');
    expect(one(peer.events, "error").error).toMatchObject({ event_id: "theirs" });
    expect(typesOf(sideband.events).filter((type) => type === "error")).toHaveLength(1);
  });

  it("hangs up", async () => {
    const medium = fakeMedium();
    const { baseUrl, url } = await listening({ medium });
    const { openai, callId } = await called(baseUrl);
    const peer = medium.connect();
    const sideband = client(`${url}?call_id=${callId}`, [], withKey);
    await sideband.opened;
    await openai.realtime.calls.hangup(callId);
    expect(peer.ended).toEqual([{ code: 1000, reason: "" }]);
    expect((await sideband.closed).code).toBe(1000);
    await expect(openai.realtime.calls.hangup(callId)).rejects.toMatchObject({
      status: 404,
      code: "call_id_not_found",
    });
    await expect(openai.realtime.calls.accept("rtc_none", { type: "realtime" })).rejects.toMatchObject({
      status: 404,
    });
  });

  it("ends with the peer", async () => {
    const medium = fakeMedium();
    const { baseUrl, url, control } = await listening({ medium });
    const { callId } = await called(baseUrl);
    const sideband = client(`${url}?call_id=${callId}`, [], withKey);
    await sideband.opened;
    medium.connect().session.end();
    expect((await sideband.closed).code).toBe(1000);
    expect(control.sessions()).toMatchObject([{ callId, carrier: "webrtc", ended: { code: 1000 } }]);
  });

  it("refuses a sideband connection to a call that is not there, before the upgrade", async () => {
    const { url } = await listening();
    expect(await client(`${url}?call_id=rtc_none`, [], withKey).unexpected).toMatchObject({
      status: 404,
      body: { error: { code: "call_id_not_found" } },
    });
  });

  it("greets a sideband connection where it is told to", async () => {
    const { url, control } = await listening({ sideband: { greeting: true } });
    const owner = client(`${url}?model=m`, [], withKey);
    await owner.until("session.created");
    const { id } = control.sessions()[0] ?? {};
    const sideband = client(`${url}?call_id=${id}`, [], withKey);
    await sideband.until("session.created");
    expect(one(sideband.events, "session.created").session).toEqual(
      one(owner.events, "session.created").session,
    );
    owner.socket.close();
    expect((await sideband.closed).code).toBe(1000);
  });

  it("says what is wrong with a request", async () => {
    const { baseUrl } = await listening({ medium: fakeMedium(), models: ["gpt-realtime"] });
    const form = (parts: Record<string, string>) => {
      const made = new FormData();
      for (const [name, value] of Object.entries(parts)) made.set(name, value);
      return made;
    };
    const sdp = { "content-type": "application/sdp" };
    const cases: [string | FormData, Record<string, string>, string, string | null][] = [
      ["hello", sdp, "invalid_offer", "sdp"],
      [`${offer}a=unusable\r\n`, sdp, "invalid_offer", "sdp"],
      [offer, { "content-type": "text/plain" }, "unsupported_content_type", null],
      ["nothing", { "content-type": "multipart/form-data; boundary=x" }, "invalid_form", null],
      [form({ session: "{}" }), {}, "missing_required_parameter", "sdp"],
      [form({ sdp: offer, session: "{" }), {}, "invalid_json", "session"],
      [form({ sdp: offer, session: "{}" }), {}, "missing_required_parameter", "session.type"],
      [
        form({ sdp: offer, session: '{"type":"realtime","model":"gpt-2"}' }),
        {},
        "invalid_model",
        "session.model",
      ],
    ];
    for (const [body, headers, code, param] of cases) {
      const response = await fetch(`${baseUrl}/realtime/calls`, {
        method: "POST",
        headers: { authorization: "Bearer sk-test", ...headers },
        body,
      });
      expect(response.status, code).toBe(400);
      expect(await response.json()).toMatchObject({ error: { code, param } });
    }
  });

  it("says of an offer what there is not", async () => {
    const { baseUrl } = await listening({ medium: fakeMedium() });
    const refused = async (body: string) => {
      const headers = { authorization: "Bearer sk-test", "content-type": "application/sdp" };
      const response = await fetch(`${baseUrl}/realtime/calls`, { method: "POST", headers, body });
      return (await response.json()).error.message;
    };
    for (const body of ["v=0", "v=0\r\n", "v=0\n\n"]) {
      expect(await refused(body)).toBe("This is no SDP offer: nothing follows its first line.");
    }
    for (const body of ["v=1\r\ns=-\r\n", "v=0 s=-", ""]) {
      expect(await refused(body)).toBe("This is no SDP offer: its first line is not 'v=0'.");
    }
  });

  it("closes the medium with itself", async () => {
    const medium = fakeMedium();
    const server = await listening({ medium });
    await called(server.baseUrl);
    const peer = medium.connect();
    await server.close();
    expect(medium.closed).toBe(true);
    expect(peer.ended).toHaveLength(1);
  });
});
