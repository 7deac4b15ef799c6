import { describe, expect, it } from "vitest";
import { admission, type Upgrade } from "../../src/mouth/admission.ts";

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
        { target: "/v1/realtime?intent=transcription" },
        {},
        "not_emulated",
        4000,
        "invalid_request_error.not_emulated",
      ],
    ];
    for (const [part, options, code, closeCode, reason] of cases) {
      const { rejection } = admission({ ...good, ...part }, options);
      expect(rejection?.error.code).toBe(code);
      expect(rejection?.close).toEqual({ code: closeCode, reason });
    }
    expect(admission({ ...good, authorization: undefined }).rejection?.error.message).toBe(
      "Missing bearer or basic authentication in header",
    );
  });
});
