import { describe, expect, it } from "vitest";
import { connectFailed } from "../src/connect-failed.ts";
import { secretsOf, shownUrl, withoutSecrets } from "../src/secrets.ts";

describe("secrets", () => {
  const url = new URL(
    "wss://user:pass%20word%21@host.example/v1/realtime?model=gpt&api-key=a%2Fb%2Fc%2Fd%2Fe&x=1&x=12345678&deployment=d",
  );

  it("are not shown in an address, and what explains it is", () => {
    expect(shownUrl(url)).toBe("wss://host.example/v1/realtime?model=gpt&api-key=***&x=***&deployment=d");
    expect(url.password).not.toBe("");
  });

  it("are blanked out of a text, encoded or not, and short words are left alone", () => {
    const text =
      "said a/b/c/d/e, a%2Fb%2Fc%2Fd%2Fe, 12345678, pass word!, pass%20word%21, pass%20word!, x=1, gpt";
    expect(withoutSecrets(text, secretsOf(url))).toBe("said ***, ***, ***, ***, ***, ***, x=1, gpt");
  });

  it("are found in an address that is not well encoded", () => {
    const odd = new URL("wss://host.example/?token=100%-secret%zz&flag");
    expect(withoutSecrets("100%-secret%zz", secretsOf(odd))).toBe("***");
    expect(shownUrl(odd)).toContain("token=***");
  });

  it("are in no message, and a cause that tells one is left out", () => {
    const callee = { address: "wss://host.example/", secrets: ["sk-very-secret"] };
    const loud = new Error("header sk-very-secret is bad");
    const { message, cause } = connectFailed(callee, loud);
    expect(message).toContain("header *** is bad. Check");
    expect(cause).toBeUndefined();
    const quiet = new Error("a header is bad");
    expect(connectFailed(callee, quiet).cause).toBe(quiet);
    expect(connectFailed(callee, loud, "another word").cause).toBeUndefined();
  });

  it("a failure's code is found in its causes", () => {
    const callee = { address: "wss://host.example/", secrets: [] };
    const deep = new Error("fetch failed", { cause: Object.assign(new Error("x"), { code: "EAI_AGAIN" }) });
    expect(connectFailed(callee, deep).message).toMatch(/could not be looked up \(EAI_AGAIN\)/);
    for (const code of ["ETIMEDOUT", "EHOSTUNREACH", "ENETUNREACH"]) {
      const error = Object.assign(new Error("x"), { code });
      expect(connectFailed(callee, error).message).toMatch(/cannot be reached\. Check the network/);
    }
    for (const code of [
      "CERT_HAS_EXPIRED",
      "ERR_TLS_CERT_ALTNAME_INVALID",
      "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
    ]) {
      const error = Object.assign(new Error("not good"), { code });
      expect(connectFailed(callee, error).message).toContain(
        `no TLS connection came about (${code}: not good)`,
      );
    }
  });
});
