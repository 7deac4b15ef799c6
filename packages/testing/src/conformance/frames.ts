import type { Connection } from "@duologue/core";
import type { ConformanceCase } from "./harness.ts";
import { claim, claimSame, numbered, stage } from "./stage.ts";

/** Around the lengths at which WebSocket and data channel framing change, and up to 1 MiB. */
const sizes = [1, 2, 125, 126, 127, 1_000, 16_384, 65_535, 65_536, 262_144, 1_048_576];

const texts: readonly (readonly [name: string, text: string])[] = [
  ["an astral character", "\u{1f600}"],
  ["two astral characters side by side", "\u{1f468}\u{1f3fd}"],
  ["line and paragraph separators", "a\u2028b\u2029c"],
  ["control characters", "\u0000\u0001\t\r\n\u007f"],
  ["a combining mark", "e\u0301 is not \u00e9"],
  ["right-to-left text", "\u0634\u0643\u0631\u0627"],
  ["JSON", '{"type":"x","text":"\\"\\u2028\\n"}'],
];

/** Rules about frames. */
export const frameCases: readonly ConformanceCase[] = [
  {
    id: "frames/order-to-peer",
    rule: "Frames reach the peer in the order of `send`, also those sent at once after `open`.",
    async run(harness) {
      const { inbox, peer, wait } = stage(harness);
      const sent = numbered("up", 200);
      const connection = await wait(harness.transport().open(inbox().sink), "open to resolve");
      for (const frame of sent) connection.send(frame);
      const other = await peer();
      await other.inbox.has(sent.length);
      claimSame(other.inbox.frames, sent, "The peer");
    },
  },
  {
    id: "frames/order-from-peer",
    rule: "Frames of the peer are delivered in the order in which it sent them.",
    async run(harness) {
      const { inbox, peer } = await stage(harness).pair();
      const sent = numbered("down", 200);
      for (const frame of sent) peer.link.send(frame);
      await inbox.has(sent.length);
      claimSame(inbox.frames, sent, "The sink");
    },
  },
  {
    id: "frames/at-once",
    rule: "A frame that the peer sends the moment it accepts is delivered.",
    async run(harness) {
      const { inbox, wait } = stage(harness, (link) => {
        link.send("hello");
        return {};
      });
      const own = inbox();
      await wait(harness.transport().open(own.sink), "open to resolve");
      await own.has(1);
      claimSame(own.frames, ["hello"], "The sink");
    },
  },
  {
    id: "frames/sizes",
    rule: "Frames of 1 byte to 1 MiB pass whole, in both directions.",
    async run(harness) {
      const { connection, inbox, peer } = await stage(harness, (link) => ({
        frame: (text) => link.send(text),
      })).pair();
      const fitting = sizes.filter((bytes) => bytes <= connection.maxFrameBytes);
      for (const [index, bytes] of fitting.entries()) {
        connection.send("0123456789abcdef".repeat(Math.ceil(bytes / 16)).slice(0, bytes));
        await inbox.has(index + 1);
      }
      for (const [index, bytes] of fitting.entries()) {
        const there = peer.inbox.frames[index]?.length;
        const back = inbox.frames[index]?.length;
        claim(there === bytes, `Of a frame of ${bytes} bytes ${there} reached the peer.`);
        claim(back === bytes, `Of a frame of ${bytes} bytes ${back} came back.`);
      }
    },
  },
  {
    id: "frames/text",
    rule: "Text passes unchanged in both directions: astral characters, U+2028, control characters.",
    async run(harness) {
      const { connection, inbox, peer } = await stage(harness, (link) => ({
        frame: (text) => link.send(text),
      })).pair();
      for (const [, text] of texts) connection.send(text);
      await inbox.has(texts.length);
      for (const [index, [name, text]] of texts.entries()) {
        claim(peer.inbox.frames[index] === text, `${name} reached the peer changed.`);
        claim(inbox.frames[index] === text, `${name} came back changed.`);
      }
    },
  },
  {
    id: "frames/not-within-send",
    rule: "A sink is never called from within `send`, though the peer answers at once.",
    async run(harness) {
      const { inbox, wait } = stage(harness, (link) => ({ frame: (text) => link.send(text) }));
      let sending = false;
      let within = 0;
      const own = inbox({
        frame() {
          if (sending) within += 1;
        },
      });
      const connection = await wait(harness.transport().open(own.sink), "open to resolve");
      for (const frame of numbered("ping", 20)) {
        sending = true;
        connection.send(frame);
        sending = false;
      }
      await own.has(20);
      claim(within === 0, `${within} of 20 answers were delivered from within send.`);
    },
  },
  {
    id: "frames/send-from-sink",
    rule: "A sink may send from within `frame`; the frames arrive in the order of those calls.",
    async run(harness) {
      const { inbox, peer, wait } = stage(harness);
      let connection: Connection | undefined;
      const own = inbox({ frame: (text) => connection?.send(`echo of ${text}`) });
      connection = await wait(harness.transport().open(own.sink), "open to resolve");
      const other = await peer();
      const sent = numbered("down", 20);
      for (const frame of sent) other.link.send(frame);
      await other.inbox.has(sent.length);
      claimSame(
        other.inbox.frames,
        sent.map((frame) => `echo of ${frame}`),
        "The peer",
      );
    },
  },
  {
    id: "frames/throwing-sink",
    rule: "What a sink throws from `frame` goes to `onSinkError`; no frame is lost and the connection goes on.",
    async run(harness) {
      const { inbox, pair, settle } = stage(harness);
      const reported: unknown[] = [];
      const bad = new Error("thrown by a sink, on purpose");
      const own = inbox({
        frame(text) {
          if (text === "first") throw bad;
        },
      });
      const { connection, peer } = await pair({ onSinkError: (error) => reported.push(error) }, own);
      for (const frame of ["first", "second", "third"]) peer.link.send(frame);
      await own.has(3);
      claimSame(own.frames, ["first", "second", "third"], "The sink that throws");
      await settle();
      claim(own.ends.length === 0, "A throwing sink ended the connection.");
      connection.send("still here");
      await peer.inbox.has(1);
      claim(
        reported.length === 1 && reported[0] === bad,
        `onSinkError was called ${reported.length} times; it should have been given the one error of the sink.`,
      );
    },
  },
];
