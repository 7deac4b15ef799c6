import { afterEach, describe, expect, it, vi } from "vitest";
import { networkChanges } from "../src/network-changes.ts";

afterEach(() => vi.unstubAllGlobals());

describe("networkChanges", () => {
  it("tells of another network, not of another guess at its speed", () => {
    const connection = Object.assign(new EventTarget(), { type: "wifi", rtt: 50 });
    const page = new EventTarget();
    vi.stubGlobal("navigator", { connection });
    vi.stubGlobal("window", page);
    let changes = 0;
    const stop = networkChanges(() => {
      changes += 1;
    });
    connection.rtt = 75;
    connection.dispatchEvent(new Event("change"));
    expect(changes).toBe(0);
    connection.type = "cellular";
    connection.dispatchEvent(new Event("change"));
    connection.dispatchEvent(new Event("change"));
    expect(changes).toBe(1);
    page.dispatchEvent(new Event("online"));
    expect(changes).toBe(2);
    stop();
    connection.type = "wifi";
    connection.dispatchEvent(new Event("change"));
    page.dispatchEvent(new Event("online"));
    expect(changes).toBe(2);
  });

  it("tells nothing where the runtime does not", () => {
    vi.stubGlobal("navigator", undefined);
    networkChanges(() => {})();
    // React Native.
    vi.stubGlobal("window", {});
    vi.stubGlobal("navigator", { connection: {} });
    networkChanges(() => {})();
  });
});
