import { describe, expect, it } from "vitest";
import { latencySeconds } from "../../src/browser/audio-output.ts";

const chromium = {
  userAgent: "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/151.0.0.0 Safari/537.36",
};
const firefoxOn = (system: string) => ({
  userAgent: `Mozilla/5.0 (${system}; rv:153.0) Gecko/20100101 Firefox/153.0`,
});

describe("latencySeconds", () => {
  it("is what a browser adds and what its device adds", () => {
    expect(latencySeconds({ baseLatency: 0.01, outputLatency: 0.03 }, chromium)).toBeCloseTo(0.04);
    expect(latencySeconds({ baseLatency: 0.01 }, chromium)).toBe(0.01);
    expect(latencySeconds({}, chromium)).toBe(0);
    expect(latencySeconds({ outputLatency: 0.03 }, firefoxOn("Macintosh; Intel Mac OS X 10.15"))).toBe(0.03);
  });

  it("does not even ask where that may freeze the page", () => {
    const context = {
      baseLatency: 0.01,
      get outputLatency(): number {
        throw new Error("It was asked.");
      },
    };
    expect(latencySeconds(context, firefoxOn("X11; Linux x86_64"))).toBe(0.01);
    expect(latencySeconds(context, firefoxOn("X11; Ubuntu; Linux x86_64"))).toBe(0.01);
  });
});
