import { readdir, readFile } from "node:fs/promises";
import { transportConformance } from "@duologue/testing";
import wrtc from "@roamhq/wrtc";
import { afterAll, describe, it } from "vitest";
import { presumed } from "./loopback.ts";
import { loopbackHarnesses } from "./loopback-harness.ts";

const source = new URL("../src/", import.meta.url);

describe("webRtc with @roamhq/wrtc conforms", () => {
  const harnesses = loopbackHarnesses(wrtc.RTCPeerConnection, { findChannel: presumed });
  afterAll(() => harnesses.stop());

  const harness = () => ({
    ...harnesses.harness(),
    resources: () => [
      ...process.getActiveResourcesInfo(),
      ...Array.from({ length: harnesses.openPeers }, () => "RTCPeerConnection"),
    ],
    async sources() {
      const files = (await readdir(source)).filter((file) => file.endsWith(".ts"));
      return Promise.all(files.map((file) => readFile(new URL(file, source), "utf8")));
    },
  });

  for (const { id, rule, run } of transportConformance) it(`${id}: ${rule}`, () => run(harness()));
});
