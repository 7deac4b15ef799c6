import { describe, expect, it } from "vitest";
import { type Admission, admission, type Upgrade } from "../../src/mouth/admission.ts";

const good: Upgrade = {
  target: "/v1/realtime?model=gpt-realtime",
  authorization: "Bearer sk-1",
  subprotocols: [],
};

describe("admission", () => {
  it("lets in who has a key and names a model", () => {
    expect(admission(good)).toEqual({ model: "gpt-realtime" });
    const subprotocols = ["realtime", "openai-insecure-api-key.ek_1"];
    expect(admission({ target: good.target, subprotocols })).toEqual({ model: "gpt-realtime" });
    const [xais, none] = [["xai-client-secret.t"], ["openai-insecure-api-key.", "xai-client-secret."]];
    expect(admission({ target: good.target, subprotocols: xais }, { keys: ["t"] })).toEqual({
      model: "gpt-realtime",
    });
    expect(admission({ target: good.target, subprotocols: none })).toMatchObject({
      rejection: { close: { code: 3000 } },
    });
    expect(admission(good, { keys: ["sk-1"], models: ["gpt-realtime"] })).toEqual({ model: "gpt-realtime" });
  });

  it("turns the others away with the service's codes", () => {
    const cases: [Partial<Upgrade>, Parameters<typeof admission>[1], string | null, number, string][] = [
      [{ authorization: undefined }, {}, null, 3000, "invalid_request_error"],
      [{ authorization: "Bearer " }, {}, null, 3000, "invalid_request_error"],
      [{}, { keys: ["sk-2"] }, "invalid_api_key", 3000, "invalid_request_error.invalid_api_key"],
      [{ target: "/v1/realtime" }, {}, "missing_model", 4000, "invalid_request_error.missing_model"],
      [{}, { models: ["other"] }, "invalid_model", 4000, "invalid_request_error.invalid_model"],
      [
        { beta: "realtime=v1" },
        {},
        "beta_api_shape_disabled",
        4000,
        "invalid_request_error.beta_api_shape_disabled",
      ],
      [
        { subprotocols: ["realtime", "openai-beta.realtime-v1"] },
        {},
        "beta_api_shape_disabled",
        4000,
        "invalid_request_error.beta_api_shape_disabled",
      ],
      [
        { target: "/v1/realtime?intent=other" },
        {},
        "invalid_value",
        4000,
        "invalid_request_error.invalid_value",
      ],
      [{ target: "/v1/realtime?intent=transcription&model=m" }, {}, null, 4000, "invalid_request_error"],
      [
        { target: "/v1/realtime/translations" },
        {},
        "missing_model",
        4000,
        "invalid_request_error.missing_model",
      ],
      [
        { target: "/v1/realtime?call_id=rtc_1&model=m" },
        {},
        "invalid_value",
        4000,
        "invalid_request_error.invalid_value",
      ],
    ];
    for (const [part, options, code, closeCode, reason] of cases) {
      const rejection = rejectionOf(admission({ ...good, ...part }, options));
      expect(rejection?.error.code).toBe(code);
      expect(rejection?.close).toEqual({ code: closeCode, reason });
    }
    expect(rejectionOf(admission({ ...good, authorization: undefined }))?.error.message).toBe(
      "Missing bearer or basic authentication in header",
    );
  });

  it("knows the kinds of sessions by their addresses", () => {
    expect(admission({ ...good, target: "/v1/realtime?intent=transcription" })).toEqual({
      model: "",
      kind: "transcription",
    });
    expect(admission({ ...good, target: "/v1/realtime/translations?model=t" })).toEqual({
      model: "t",
      kind: "translation",
    });
    expect(admission({ ...good, target: "/v1/realtime?call_id=rtc_1" })).toEqual({ joins: "rtc_1" });
    // As Azure's clients do.
    const { authorization: _, ...bare } = good;
    expect(admission({ ...bare, target: "/openai/v1/realtime?model=m", apiKey: "k" })).toEqual({
      model: "m",
    });
  });

  it("opens what a client secret is for, and nothing else", () => {
    const configuration = { type: "realtime", instructions: "Be brief." };
    const secrets = {
      find: (key: string) =>
        key === "ek_live" ? ({ kind: "realtime", model: "m", configuration } as const) : ("expired" as const),
    };
    const by = (key: string, target: string) =>
      admission(
        { ...good, authorization: `Bearer ${key}`, target },
        { keys: ["sk-1"], models: ["other"] },
        secrets,
      );
    const opened = { model: "m", configuration };
    expect(by("ek_live", "/v1/realtime")).toEqual(opened);
    expect(by("ek_live", "/v1/realtime?model=n")).toEqual(opened);
    expect(rejectionOf(by("ek_live", "/v1/realtime?intent=transcription"))?.close.code).toBe(4000);
    expect(rejectionOf(by("ek_live", "/v1/realtime/translations?model=n"))?.close.code).toBe(4000);
    expect(rejectionOf(by("ek_dead", "/v1/realtime?model=m"))).toMatchObject({
      error: { code: "invalid_api_key" },
      close: { code: 3000 },
    });
  });
});

function rejectionOf(admitted: Admission) {
  return "rejection" in admitted ? admitted.rejection : undefined;
}
