import { type Listening, listen } from "@duologue/emulator/node";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type PageServer, pageScript, pageServer } from "./audio/page-server.ts";
import { consoleLines } from "./console-lines.ts";
import { inFirefox, missingFirefox } from "./firefox/in-firefox.ts";
import { type CallScene, callScene, runIn } from "./webrtc/call-scene.ts";

// What a page is told, and tells, in a Firefox that gives it no microphone and lets it sound only after a click.

if (missingFirefox !== undefined) console.info(`Not tested in Firefox: ${missingFirefox}.`);

describe.skipIf(missingFirefox !== undefined)("Firefox", { timeout: 120_000 }, () => {
  const tabs = inFirefox({
    "media.navigator.permission.disabled": false,
    // Neither is asked for: both are refused.
    "permissions.default.microphone": 2,
    "media.autoplay.default": 1,
    // A gesture counts for as long as the page is there.
    "media.autoplay.blocking_policy": 0,
  });
  let scene: CallScene;
  let server: PageServer;
  let emulator: Listening;

  beforeAll(async () => {
    scene = await callScene();
    emulator = await listen();
    server = await pageServer(await pageScript("./page.ts"));
  });
  afterAll(() => Promise.all([scene?.close(), server?.stop(), emulator?.close()]));
  afterEach(tabs.close);

  it("says over WebRTC that the microphone is not allowed, and what to do", async () => {
    const run = runIn(await tabs.open(scene.origin));
    const { error } = await run("open", { base: scene.emulator.baseUrl });
    expect(error).toEqual({
      code: "connect_failed",
      step: "permission",
      message:
        "The microphone was not allowed. Allow it in the settings of this site, and of the system, then try again.",
    });
    const { status, questions } = await run("report");
    expect([status, questions]).toEqual(["closed", 1]);
    expect(scene.medium.calls).toEqual([]);
  });

  it("says so for the worklets, too", async () => {
    const tab = await tabs.open(server.origin);
    expect(await tab.evaluate("audio.refusal({})")).toMatch(
      /^permission_denied: The microphone is not allowed\. .*click\.$/,
    );
  });

  it("holds a call's sound back until a click, and says so", async () => {
    const { lines, line, said } = consoleLines();
    const asked = { base: scene.emulator.baseUrl, microphone: false };
    const tab = await tabs.open(`${scene.origin}/#${encodeURIComponent(JSON.stringify(asked))}`, said);
    expect(await line("RealtimeError")).toMatch(/^RealtimeError: The browser does not play .*from a click/);
    // Until the browser has said no, nobody knows.
    expect(lines.filter((each) => each === "blocked" || each === "heard").at(-1)).toBe("blocked");
    const before = lines.length;
    await tab.click("#gesture");
    await line("heard", before);
  });

  it("holds a speaker's sound back until a click, and plays then what has waited", async () => {
    const { lines, line, said } = consoleLines();
    const tab = await tabs.open(`${server.origin}/#blocked`, said);
    await line("opened");
    expect(lines).toEqual(["without a click: blocked", "opened blocked: true"]);
    await tab.click("button");
    await Promise.all([line("finished"), line("unlocked")]);
    expect(lines.slice(2).sort()).toEqual(["blocked: false", "finished: true", "unlocked"]);
  });
});
