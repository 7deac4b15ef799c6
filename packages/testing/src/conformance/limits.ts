import type { ConformanceCase } from "./harness.ts";
import { claim, claimSame, stage, thrown } from "./stage.ts";

/** Beyond this, a case does not fill a frame up to the limit. */
const largestTriedBytes = 64 * 1024 * 1024;

/** Rules about bounds. */
export const limitCases: readonly ConformanceCase[] = [
  {
    id: "limits/too-large",
    rule: "A frame beyond `maxFrameBytes` throws `frame_too_large`, none of it is sent, and the connection goes on.",
    async run(harness) {
      const { connection, peer } = await stage(harness).pair({ maxFrameBytes: 4_096 });
      const max = connection.maxFrameBytes;
      claim(Number.isInteger(max) && max > 0, `maxFrameBytes is ${max}, and should be a number of bytes.`);
      if (max > largestTriedBytes) return;
      thrown(() => connection.send("x".repeat(max + 1)), "frame_too_large");
      connection.send("y");
      connection.send("x".repeat(max));
      await peer.inbox.has(2);
      claim(peer.inbox.frames[0] === "y", "Part of a frame that was refused reached the peer.");
      claim(peer.inbox.frames[1]?.length === max, `A frame of exactly ${max} bytes did not pass whole.`);
    },
  },
  {
    id: "limits/counts-bytes",
    rule: "`maxFrameBytes` counts bytes of UTF-8, not characters.",
    async run(harness) {
      const { connection, peer } = await stage(harness).pair({ maxFrameBytes: 4_096 });
      const max = connection.maxFrameBytes;
      if (max > largestTriedBytes) return;
      const fitting = "\u20ac".repeat(Math.floor(max / 3));
      thrown(() => connection.send(`${fitting}\u20ac`), "frame_too_large");
      connection.send(fitting);
      await peer.inbox.has(1);
      claimSame(peer.inbox.frames, [fitting], "The peer");
    },
  },
  {
    id: "limits/buffered",
    rule: "`bufferedAmount` is a number of bytes and falls to 0 when all has been handed on.",
    async run(harness) {
      const { pair, until } = stage(harness);
      const { connection, peer } = await pair();
      const frame = "0123456789abcdef".repeat(Math.min(4_096, Math.floor(connection.maxFrameBytes / 16)));
      for (let count = 0; count < 16; count += 1) {
        connection.send(frame);
        const amount = connection.bufferedAmount;
        claim(Number.isInteger(amount) && amount >= 0, `bufferedAmount is ${amount}.`);
      }
      await peer.inbox.has(16);
      await until(() => connection.bufferedAmount === 0, "bufferedAmount to fall to 0");
    },
  },
];
