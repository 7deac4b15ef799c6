import { X509Certificate } from "node:crypto";
import { get } from "node:https";
import OpenAI from "openai";
import { OpenAIRealtimeWS } from "openai/realtime/ws";
import { describe, expect, it } from "vitest";
import { listening } from "../support/listening.ts";
import { client, withKey } from "../support/web-socket-client.ts";

describe("TLS", () => {
  it("is trusted by who is given the certificate, and by nobody else", async () => {
    const { url, baseUrl, certificate = "" } = await listening({ tls: true });
    expect(url).toMatch(/^wss:\/\/127\.0\.0\.1:\d+\/v1\/realtime$/);
    const trusting = client(`${url}?model=m`, [], { ...withKey, ca: certificate });
    await trusting.until("session.created");
    const wary = client(`${url}?model=m`, [], withKey);
    expect(await wary.refused).toMatchObject({ code: "DEPTH_ZERO_SELF_SIGNED_CERT" });
    const status = await new Promise((resolve) =>
      get(baseUrl.replace(/v1$/, "health"), { ca: certificate }, (response) => {
        response.resume();
        resolve(response.statusCode);
      }),
    );
    expect(status).toBe(200);
  });

  it("names this machine, and the host that it listens on", async () => {
    const names = async (host: string) => {
      const { certificate = "" } = await listening({ tls: true, host });
      return new X509Certificate(certificate);
    };
    const certificate = await names("127.0.0.1");
    for (const name of ["localhost"]) expect(certificate.checkHost(name)).toBe(name);
    for (const address of ["127.0.0.1", "::1"]) expect(certificate.checkIP(address)).toBe(address);
    expect(certificate.ca).toBe(false);
    expect((await names("127.0.0.2")).checkIP("127.0.0.2")).toBe("127.0.0.2");
    expect((await names("127.0.0.1")).fingerprint256).toBe(certificate.fingerprint256);
  });

  it("satisfies the official client, which dials nothing but wss", async () => {
    const { baseUrl, certificate = "" } = await listening({ tls: true });
    const openai = new OpenAI({ apiKey: "sk-test", baseURL: baseUrl });
    const socket = new OpenAIRealtimeWS({ model: "gpt-realtime", options: { ca: certificate } }, openai);
    const created = await new Promise((resolve, reject) => {
      socket.on("session.created", resolve);
      socket.on("error", reject);
    });
    expect(created).toMatchObject({ session: { model: "gpt-realtime" } });
    socket.close();
  });
});
