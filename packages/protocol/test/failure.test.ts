import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { errorCodes } from "../src/error-codes.ts";
import { failureOf, isErrorCode, severityOf } from "../src/failure.ts";

const error = (details: unknown) => failureOf({ type: "error", event_id: "event_1", error: details });

describe("failureOf", () => {
  it("reads the service's words and the command that it means", () => {
    expect(
      error({ type: "invalid_request_error", code: "unknown_parameter", message: "No.", event_id: "cmd_1" }),
    ).toEqual({ severity: "rejected", code: "unknown_parameter", message: "No.", commandId: "cmd_1" });
  });

  it("is nothing for other events", () => {
    expect(failureOf({ type: "response.done", error: { message: "x" } })).toBeUndefined();
  });

  it.each([
    ["response_cancel_not_active", "benign"],
    ["input_audio_buffer_commit_empty", "benign"],
    ["conversation_already_has_active_response", "benign"],
    ["invalid_api_key", "fatal"],
    ["invalid_model", "fatal"],
    ["missing_model", "fatal"],
    ["beta_api_shape_disabled", "fatal"],
    ["insufficient_quota", "fatal"],
    ["billing_hard_limit_reached", "fatal"],
    ["account_deactivated", "fatal"],
    ["session_expired", "transport"],
    ["cannot_update_voice", "rejected"],
    ["a_code_of_tomorrow", "rejected"],
    ["constructor", "rejected"],
    ["__proto__", "rejected"],
  ])("%s is %s", (code, severity) => {
    expect(error({ type: "invalid_request_error", code, message: "m" })).toMatchObject({ severity, code });
  });

  it("knows missing credentials by their sentence, since they have no code", () => {
    const message = "Missing bearer or basic authentication in header";
    expect(error({ type: "invalid_request_error", code: null, message })).toMatchObject({
      severity: "fatal",
    });
    expect(severityOf("invalid_value", message)).toBe("rejected");
  });

  it("does not take the event's own id for a command's", () => {
    expect(error({ type: "t", code: null, message: "m", event_id: null })).toEqual({
      severity: "rejected",
      code: null,
      message: "m",
    });
  });

  it("reads what other services send instead", () => {
    expect(error("out of order")).toMatchObject({ code: null, message: "out of order" });
    expect(failureOf({ type: "error", code: "timeout", message: "too late" })).toMatchObject({
      code: "timeout",
      message: "too late",
    });
    expect(failureOf({ type: "error" })?.message).toMatch(/without a message/);
  });

  it("never throws", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (details) => {
        expect(["benign", "rejected", "transport", "fatal"]).toContain(error(details)?.severity);
      }),
    );
  });
});

describe("errorCodes", () => {
  it("says what each code means", () => {
    for (const [code, { meaning }] of Object.entries(errorCodes)) {
      expect(isErrorCode(code)).toBe(true);
      expect(meaning).toMatch(/\.$/);
    }
    expect(isErrorCode("toString")).toBe(false);
  });
});
