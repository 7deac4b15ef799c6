import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { checkCallIncomingWebhook } from "@duologue/protocol/rest";
import OpenAI from "openai";
import { afterEach, describe, expect, it } from "vitest";
import { one, only, speech, typesOf } from "../support/conversation.ts";
import { listening } from "../support/listening.ts";
import { client, withKey } from "../support/web-socket-client.ts";

const secret = `whsec_${Buffer.from("a secret of the emulator").toString("base64")}`;
const receivers: ReturnType<typeof createServer>[] = [];
afterEach(() => {
  for (const server of receivers.splice(0)) server.close();
});

/** A program that receives webhooks, and checks them as the official client does. */
async function receiver(key = secret) {
  const openai = new OpenAI({ apiKey: "sk-test", webhookSecret: key });
  const events: Awaited<ReturnType<typeof openai.webhooks.unwrap>>[] = [];
  const server = createServer(async (request, response) => {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece);
    try {
      // Headers of Node are of one kind or the other, as the client takes them.
      const headers = new Headers(request.headers as Record<string, string>);
      const event = await openai.webhooks.unwrap(Buffer.concat(pieces).toString(), headers);
      expect(checkCallIncomingWebhook(event)).toBeUndefined();
      events.push(event);
      response.writeHead(200).end();
    } catch {
      response.writeHead(400).end();
    }
  });
  receivers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // Listening on a port gives an address with that port.
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, events };
}

describe("calls by telephone", () => {
  it("announces, accepts, talks by a sideband connection and hangs up, with the official client", async () => {
    const hook = await receiver();
    const { baseUrl, url, control } = await listening({
      webhook: { url: hook.url, secret },
      pace: Number.POSITIVE_INFINITY,
      firstOutputMs: 0,
      scenario: { turns: [{ heard: "Hello?", say: "Good day." }] },
    });
    const { callId, webhook } = await control.ring({ sipHeaders: [{ name: "From", value: "<sip:me@x>" }] });
    expect(webhook).toMatchObject({ status: 200 });
    expect(hook.events).toMatchObject([
      { type: "realtime.call.incoming", data: { call_id: callId, sip_headers: [{ name: "From" }] } },
    ]);

    const openai = new OpenAI({ apiKey: "sk-test", baseURL: baseUrl, maxRetries: 0 });
    // Nobody can join or end what has not been accepted.
    const early = client(`${url}?call_id=${callId}`, [], withKey);
    expect(await early.unexpected).toMatchObject({ status: 404 });
    await expect(openai.realtime.calls.refer(callId, { target_uri: "tel:+1" })).rejects.toMatchObject({
      status: 400,
    });
    await openai.realtime.calls.accept(callId, { type: "realtime", instructions: "Answer the telephone." });
    await expect(openai.realtime.calls.accept(callId, { type: "realtime" })).rejects.toMatchObject({
      status: 400,
    });

    const { events, until, send, opened, closed } = client(`${url}?call_id=${callId}`, [], withKey);
    await opened;
    expect(control.press(callId, "12#")).toBe(1);
    await until("input_audio_buffer.dtmf_event_received", 3);
    expect(only(events, "input_audio_buffer.dtmf_event_received").map(({ event }) => event)).toEqual([
      "1",
      "2",
      "#",
    ]);
    control.say(callId, speech("Hello?"));
    await until("response.done");
    expect(typesOf(events)).toContain("input_audio_buffer.speech_stopped");
    expect(typesOf(events)).not.toContain("response.output_audio.delta");
    expect(one(events, "response.output_audio_transcript.done").transcript).toBe("Good day.");
    send({ type: "session.update", session: { type: "realtime", instructions: "Say goodbye." } });
    await until("session.updated");

    await openai.realtime.calls.hangup(callId);
    expect((await closed).code).toBe(1000);
    await expect(openai.realtime.calls.hangup(callId)).rejects.toMatchObject({ status: 404 });
  });

  it("rejects, and refers", async () => {
    const { baseUrl, control } = await listening();
    const openai = new OpenAI({ apiKey: "sk-test", baseURL: baseUrl, maxRetries: 0 });
    const states = async () => {
      const response = await fetch(`${baseUrl.replace(/\/v1$/, "")}/_duologue/calls`);
      const { calls } = await response.json();
      return calls.map(({ state, outcome }: { state: string; outcome?: string }) => [state, outcome]);
    };
    const one = await control.ring();
    await openai.realtime.calls.reject(one.callId, { status_code: 486 });
    const two = await control.ring();
    await openai.realtime.calls.reject(two.callId);
    const three = await control.ring();
    await openai.realtime.calls.accept(three.callId, { type: "realtime" });
    await openai.realtime.calls.refer(three.callId, { target_uri: "tel:+15550123" });
    expect(await states()).toEqual([
      ["rejected", "486"],
      ["rejected", "603"],
      ["referred", "tel:+15550123"],
    ]);
    expect(control.sessions()).toMatchObject([{ carrier: "sip", ended: { code: 1000 } }]);
    for (const { callId } of [one, two, three]) {
      await expect(openai.realtime.calls.hangup(callId)).rejects.toMatchObject({ status: 404 });
    }
  });

  it("refuses settings that a session would", async () => {
    const { baseUrl, control } = await listening();
    const { callId } = await control.ring();
    for (const [body, param] of [
      [{}, "type"],
      [{ type: "realtime", bogus: 1 }, "bogus"],
    ] as const) {
      const response = await fetch(`${baseUrl}/realtime/calls/${callId}/accept`, {
        method: "POST",
        headers: { authorization: "Bearer k" },
        body: JSON.stringify(body),
      });
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ error: { param } });
    }
  });

  it("tells what became of a webhook that nobody takes", async () => {
    const hook = await receiver("another secret");
    const { control } = await listening();
    expect((await control.ring()).webhook).toBeUndefined();
    expect((await control.ring({ webhook: { url: hook.url, secret } })).webhook).toMatchObject({
      status: 400,
    });
    const gone = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => gone.once("listening", resolve));
    const { port } = gone.address() as AddressInfo;
    await new Promise((resolve) => gone.close(resolve));
    const { webhook } = await control.ring({ webhook: { url: `http://127.0.0.1:${port}/`, secret } });
    expect(webhook).toMatchObject({ error: expect.stringContaining("cannot be reached") });
  });
});
