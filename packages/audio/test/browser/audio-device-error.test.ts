import { describe, expect, it } from "vitest";
import { AudioDeviceError, microphoneRefusal } from "../../src/browser/audio-device-error.ts";
import { setOutputDevice } from "../../src/browser/audio-output.ts";

describe("why there is no microphone", () => {
  it.each([
    ["NotAllowedError", "permission_denied"],
    ["SecurityError", "permission_denied"],
    ["NotFoundError", "device_not_found"],
    ["OverconstrainedError", "device_not_found"],
    ["NotReadableError", "device_busy"],
    ["AbortError", "device_busy"],
    ["TypeError", "not_supported"],
  ])("%s is %s", (name, code) => {
    const cause = Object.assign(new Error("as the browser says"), { name });
    const error = microphoneRefusal(cause);
    expect(error).toMatchObject({ name: "AudioDeviceError", code, cause });
    expect(error.message).toMatch(/[A-Z].{20,}/);
    expect(AudioDeviceError.is(error)).toBe(true);
  });

  it("is said of anything that is thrown", () => {
    expect(microphoneRefusal("out of order")).toMatchObject({ code: "not_supported" });
    expect(microphoneRefusal("out of order").message).toContain("out of order");
    expect(AudioDeviceError.is(new Error("another"))).toBe(false);
    expect(AudioDeviceError.is(undefined)).toBe(false);
  });
});

describe("the choice of a loudspeaker", () => {
  const failing = (name: string) => ({
    setSinkId: () => Promise.reject(Object.assign(new Error("no"), { name })),
  });

  it.each([
    ["NotAllowedError", "permission_denied"],
    ["NotFoundError", "device_not_found"],
  ])("fails with %s as %s", async (name, code) => {
    await expect(setOutputDevice(failing(name), "x")).rejects.toMatchObject({ code });
  });

  it("is not everywhere, and the default device is", async () => {
    await expect(setOutputDevice({}, "x")).rejects.toMatchObject({ code: "not_supported" });
    await expect(setOutputDevice({}, "")).resolves.toBeUndefined();
  });
});
