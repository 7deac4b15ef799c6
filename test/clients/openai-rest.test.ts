import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import {
  checkApiErrorDetails,
  checkCallIncomingWebhook,
  checkClientSecretResponse,
  checkTranslationClientSecretResponse,
} from "@duologue/protocol/rest";
import OpenAI from "openai";
import { OpenAIRealtimeTranslationWS } from "openai/realtime/translations/ws";
import { OpenAIRealtimeWS } from "openai/realtime/ws";
import type { UnwrapWebhookEvent } from "openai/resources/webhooks/webhooks";
import { afterEach, describe, expect, it } from "vitest";
import { listenedTo, openaiOf } from "./openai-client.ts";
import { service } from "./service.ts";

// The REST client of the `openai` package as it comes, by HTTPS.

const secret = `whsec_${Buffer.from("a secret of this test").toString("base64")}`;
const receivers: ReturnType<typeof createServer>[] = [];
afterEach(() => {
  for (const server of receivers.splice(0)) server.close();
});

/** A program that takes webhooks, and unwraps them with the official client. */
async function receiver() {
  const { webhooks } = new OpenAI({ apiKey: "sk-none", webhookSecret: secret });
  const events: UnwrapWebhookEvent[] = [];
  const server = createServer(async (request, response) => {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece);
    // Headers of Node are of one kind or the other, as the client takes them.
    const headers = new Headers(request.headers as Record<string, string>);
    await webhooks.unwrap(Buffer.concat(pieces).toString(), headers).then(
      (event) => {
        events.push(event);
        response.writeHead(200).end();
      },
      () => response.writeHead(400).end(),
    );
  });
  receivers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // Listening on a port gives an address with that port.
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, events };
}

/** The states of all calls, and what came of them. */
async function callsOf(baseUrl: string): Promise<unknown> {
  const { calls } = await (await fetch(`${baseUrl.replace(/\/v1$/, "")}/_duologue/calls`)).json();
  return calls.map(({ state, outcome }: { state: string; outcome?: string }) => [state, outcome]);
}

describe("client.realtime.clientSecrets", () => {
  it("makes a secret that opens sessions with its settings, and nothing else", async () => {
    const there = await service();
    const made = await openaiOf(there).realtime.clientSecrets.create({
      expires_after: { anchor: "created_at", seconds: 60 },
      session: { type: "realtime", model: "gpt-realtime", instructions: "Speak Welsh." },
    });
    expect(checkClientSecretResponse(made)).toBeUndefined();
    const limited = openaiOf(there, made.value);
    const realtime = new OpenAIRealtimeWS({ model: "gpt-realtime" }, limited);
    const { session } = await listenedTo(realtime).seen("session.created");
    expect(session).toMatchObject({ model: "gpt-realtime", instructions: "Speak Welsh." });
    realtime.close();
    await expect(limited.realtime.clientSecrets.create({})).rejects.toMatchObject({ status: 401 });
  });

  it("gets the package's own errors", async () => {
    const openai = openaiOf(await service());
    const session = { type: "realtime", output_modalities: ["smell"] };
    // Not what the type allows: that is the point.
    const refused = await openai.realtime.clientSecrets
      .create({ session: session as never })
      .catch((error) => error);
    expect(refused).toBeInstanceOf(OpenAI.BadRequestError);
    expect(refused).toMatchObject({ status: 400, requestID: expect.stringMatching(/^req_/) });
    expect(refused.param).toMatch(/^session\.output_modalities/);
    expect(checkApiErrorDetails(refused.error)).toBeUndefined();
  });
});

describe("client.realtime.translations.clientSecrets", () => {
  it("makes a secret that opens a translation", async () => {
    const there = await service();
    const made = await openaiOf(there).realtime.translations.clientSecrets.create({
      session: { model: "gpt-realtime-translate", audio: { output: { language: "es" } } },
    });
    expect(checkTranslationClientSecretResponse(made)).toBeUndefined();
    const realtime = await OpenAIRealtimeTranslationWS.create(openaiOf(there, made.value), {
      model: "gpt-realtime-translate",
    });
    const created = new Promise((resolve) => realtime.on("session.created", resolve));
    expect(await created).toMatchObject({ session: { audio: { output: { language: "es" } } } });
    await realtime.finish({ timeoutMs: 20_000 });
  });
});

describe("client.realtime.calls", () => {
  it("accepts, refers, rejects and hangs up what a signed webhook has announced", async () => {
    const hook = await receiver();
    const there = await service({ webhook: { url: hook.url, secret } });
    const { calls } = openaiOf(there).realtime;
    for (let call = 0; call < 4; call++) await there.control.ring();
    const [hungUp, referred, busy, declined] = hook.events.map((event) => {
      expect(checkCallIncomingWebhook(event)).toBeUndefined();
      return event.type === "realtime.call.incoming" ? event.data.call_id : "";
    });
    if (!hungUp || !referred || !busy || !declined) throw new Error("Four calls were announced.");

    await calls.accept(hungUp, { type: "realtime", instructions: "Answer the telephone." });
    await calls.hangup(hungUp);
    await calls.accept(referred, { type: "realtime" });
    await calls.refer(referred, { target_uri: "tel:+15550123" });
    await calls.reject(busy, { status_code: 486 });
    await calls.reject(declined);
    expect(await callsOf(there.baseUrl)).toEqual([
      ["ended", undefined],
      ["referred", "tel:+15550123"],
      ["rejected", "486"],
      ["rejected", "603"],
    ]);
    await expect(calls.hangup(hungUp)).rejects.toBeInstanceOf(OpenAI.NotFoundError);
  });

  it("does not unwrap what another secret has signed", async () => {
    const hook = await receiver();
    const { control } = await service({ webhook: { url: hook.url, secret: "another secret" } });
    expect((await control.ring()).webhook).toMatchObject({ status: 400 });
    expect(hook.events).toEqual([]);
  });
});
