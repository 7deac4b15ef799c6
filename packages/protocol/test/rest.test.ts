import { describe, expect, it } from "vitest";
import {
  type CallAcceptRequest,
  checkCallAcceptRequest,
  checkCallIncomingWebhook,
  checkCallReferRequest,
  checkCallRejectRequest,
  checkClientSecretRequest,
  checkClientSecretResponse,
  checkTranslationClientSecretRequest,
} from "../src/rest.ts";

describe("a client secret", () => {
  it.each([
    [10, undefined],
    [7200, undefined],
    [9, "expected an integer from 10 to 7200, found 9"],
    [7201, "expected an integer from 10 to 7200, found 7201"],
    [60.5, "expected an integer from 10 to 7200, found 60.5"],
  ])("lives %s seconds: %s", (seconds, message) => {
    const request = { expires_after: { anchor: "created_at", seconds } };
    const expected = message === undefined ? undefined : [{ path: "/expires_after/seconds", message }];
    expect(checkClientSecretRequest(request)).toEqual(expected);
    const session = { model: "gpt-realtime-translate" };
    expect(checkTranslationClientSecretRequest({ ...request, session })).toEqual(expected);
  });

  it("counts from its making and from nothing else", () => {
    expect(checkClientSecretRequest({ expires_after: { anchor: "first_use" } })).toMatchObject([
      { path: "/expires_after/anchor" },
    ]);
  });

  it("opens sessions of either kind", () => {
    for (const type of ["realtime", "transcription"]) {
      expect(checkClientSecretRequest({ session: { type } })).toBeUndefined();
      const secret = { value: "ek_1", expires_at: 1, session: { type, id: "sess_1", include: null } };
      expect(checkClientSecretResponse(secret)).toBeUndefined();
    }
    expect(checkClientSecretRequest({ session: { type: "translation" } })).toMatchObject([
      { path: "/session/type" },
    ]);
    expect(checkTranslationClientSecretRequest({})).toMatchObject([{ path: "/session" }]);
  });
});

describe("a call", () => {
  it("is accepted with the settings of a session", () => {
    const request: CallAcceptRequest = { type: "realtime", instructions: "Greet the caller." };
    expect(checkCallAcceptRequest(request)).toBeUndefined();
    expect(checkCallAcceptRequest({ instructions: "Greet the caller." })).toEqual([
      { path: "/type", message: 'missing: expected "realtime"' },
    ]);
  });

  it("is rejected with a status or without", () => {
    expect(checkCallRejectRequest({})).toBeUndefined();
    expect(checkCallRejectRequest({ status_code: 486 })).toBeUndefined();
    expect(checkCallRejectRequest({ status_code: "486" })).toMatchObject([{ path: "/status_code" }]);
  });

  it("is handed on to somebody", () => {
    expect(checkCallReferRequest({ target_uri: "sip:agent@example.com" })).toBeUndefined();
    expect(checkCallReferRequest({})).toMatchObject([{ path: "/target_uri" }]);
  });

  it("is announced with headers in their order, a name more than once", () => {
    const header = { name: "Via", value: "SIP/2.0/TLS 192.0.2.1" };
    const webhook = {
      id: "evt_1",
      type: "realtime.call.incoming",
      created_at: 1_784_663_472,
      data: { call_id: "rtc_1", sip_headers: [header, header], sip_media_security: "a word of tomorrow" },
    };
    expect(checkCallIncomingWebhook(webhook)).toBeUndefined();
    expect(checkCallIncomingWebhook({ ...webhook, type: "live.transport.incoming" })).toMatchObject([
      { path: "/type" },
    ]);
    const nameless = { ...webhook, data: { ...webhook.data, sip_headers: [{ value: "x" }] } };
    expect(checkCallIncomingWebhook(nameless)).toMatchObject([{ path: "/data/sip_headers/0/name" }]);
  });
});
