import type { CloseInfo } from "@duologue/core";
import type { ConformanceCase, TransportHarness } from "./harness.ts";
import { claim, claimSame, type Inbox, numbered, stage, thrown } from "./stage.ts";

/** Compares an end with what was asked for, as far as the medium carries it. */
function claimEnd(harness: TransportHarness, who: string, end: CloseInfo, code: number, reason?: string) {
  claim(
    typeof end.code === "number" && typeof end.reason === "string",
    `${who} was given no code or reason.`,
  );
  if (harness.carriesCloseInfo === false) return;
  claim(end.code === code, `${who} was told code ${end.code}, and should have been told ${code}.`);
  if (reason === undefined) return;
  claim(end.reason === reason, `${who} was told the reason "${end.reason}", and should have: "${reason}".`);
}

function claimOneEnd(inbox: Inbox) {
  claim(inbox.ends.length === 1, `closed was called ${inbox.ends.length} times, and should be called once.`);
  claim(inbox.late.length === 0, `${inbox.late.length} frames were delivered after closed.`);
}

/** Rules about the end of a connection. */
export const closingCases: readonly ConformanceCase[] = [
  {
    id: "closing/by-us",
    rule: "`close` takes its code and reason to the peer, and both ends are told them.",
    async run(harness) {
      const { pair, wait } = stage(harness);
      const { connection, inbox, peer } = await pair();
      await wait(connection.close({ code: 4001, reason: "that was all" }), "close to resolve");
      claimEnd(harness, "The peer", await peer.inbox.ended(), 4001, "that was all");
      claimEnd(harness, "The sink", await inbox.ended(), 4001);
    },
  },
  {
    id: "closing/resolves-after",
    rule: "`close` resolves after the sink was told `closed`.",
    async run(harness) {
      const { pair, wait } = stage(harness);
      const { connection, inbox } = await pair();
      const told = connection.close().then(() => inbox.ends.length > 0);
      claim(await wait(told, "close to resolve"), "close resolved before the sink was told.");
    },
  },
  {
    id: "closing/normal",
    rule: "`close` without a code closes with 1000.",
    async run(harness) {
      const { pair, wait } = stage(harness);
      const { connection, peer } = await pair();
      await wait(connection.close(), "close to resolve");
      claimEnd(harness, "The peer", await peer.inbox.ended(), 1000, "");
    },
  },
  {
    id: "closing/by-peer",
    rule: "The code and the reason with which the peer closes reach the sink.",
    async run(harness) {
      const { pair, wait } = stage(harness);
      for (const [code, reason] of [
        [3000, "invalid_request_error.invalid_api_key"],
        [1001, "Das war’s: 60 minutes."],
        [1000, ""],
      ] as const) {
        const { connection, inbox, peer } = await pair();
        peer.link.close({ code, reason });
        claimEnd(harness, "The sink", await inbox.ended(), code, reason);
        thrown(() => connection.send("too late"), "closed");
        await wait(connection.close(), "close to resolve on a connection that the peer has closed");
      }
    },
  },
  {
    id: "closing/abrupt",
    rule: "A peer that vanishes is reported as code 1006.",
    async run(harness) {
      const { pair } = stage(harness);
      const { inbox, peer } = await pair();
      peer.link.break();
      const { code } = await inbox.ended();
      claim(code === 1006, `An abrupt loss was reported with code ${code}, and should be with 1006.`);
    },
  },
  {
    id: "closing/after-our-frames",
    rule: "Frames sent before `close` reach the peer before the end does.",
    async run(harness) {
      const { pair, wait } = stage(harness);
      const { connection, peer } = await pair();
      const sent = numbered("last words", 50);
      for (const frame of sent) connection.send(frame);
      await wait(connection.close(), "close to resolve");
      await peer.inbox.ended();
      claimSame(peer.inbox.frames, sent, "The peer");
    },
  },
  {
    id: "closing/after-peers-frames",
    rule: "Frames that the peer sent before it closed are delivered, and `closed` comes behind them.",
    async run(harness) {
      const { inbox, peer } = await stage(harness).pair();
      const sent = numbered("last words", 50);
      for (const frame of sent) peer.link.send(frame);
      peer.link.close({ code: 1000, reason: "" });
      await inbox.ended();
      claimSame(inbox.frames, sent, "The sink");
    },
  },
  {
    id: "closing/once",
    rule: "`closed` is called once and nothing after it, also where our close, the peer's close and a loss coincide.",
    async run(harness) {
      const { pair, wait, settle } = stage(harness);
      const inboxes: Inbox[] = [];
      for (const ending of ["both close", "break, then close", "close, then break", "close under fire"]) {
        const { connection, inbox, peer } = await pair();
        inboxes.push(inbox);
        for (const frame of numbered("fire", 20)) peer.link.send(frame);
        if (ending === "both close") peer.link.close({ code: 1000, reason: "" });
        if (ending === "break, then close") peer.link.break();
        const closing = connection.close();
        if (ending === "close, then break") peer.link.break();
        await wait(closing, `close to resolve (${ending})`);
      }
      await settle();
      for (const inbox of inboxes) claimOneEnd(inbox);
    },
  },
  {
    id: "closing/twice",
    rule: "Calling `close` again is harmless, before and after the end; each call resolves.",
    async run(harness) {
      const { pair, wait, settle } = stage(harness);
      const { connection, inbox, peer } = await pair();
      const both = Promise.all([connection.close({ code: 4001, reason: "first" }), connection.close()]);
      await wait(both, "two calls of close to resolve");
      await wait(connection.close({ code: 4002 }), "close to resolve after the end");
      await settle();
      claimEnd(harness, "The peer", await peer.inbox.ended(), 4001, "first");
      claimOneEnd(inbox);
    },
  },
  {
    id: "closing/send-after",
    rule: "`send` throws `closed` as soon as `close` was called, and for ever after.",
    async run(harness) {
      const { pair, wait, settle } = stage(harness);
      const { connection, peer } = await pair();
      const closing = connection.close();
      thrown(() => connection.send("after close was called"), "closed");
      await wait(closing, "close to resolve");
      thrown(() => connection.send("after the end"), "closed");
      await settle();
      claimSame(peer.inbox.frames, [], "The peer");
    },
  },
  {
    id: "closing/send-after-loss",
    rule: "`send` throws `closed` after a loss, and already within `closed`; `bufferedAmount` is 0.",
    async run(harness) {
      const { inbox, pair } = stage(harness);
      let within: unknown = "closed was not called";
      const own = inbox({
        closed() {
          within = attempt();
        },
      });
      const { connection, peer } = await pair({}, own);
      const attempt = () => {
        try {
          thrown(() => connection.send("into the void"), "closed");
          return undefined;
        } catch (error) {
          return error;
        }
      };
      peer.link.break();
      await own.ended();
      claim(within === undefined, `send within closed: ${String(within)}`);
      thrown(() => connection.send("into the void"), "closed");
      claim(
        connection.bufferedAmount === 0,
        "bufferedAmount waits for bytes that nobody will take any more.",
      );
    },
  },
  {
    id: "closing/throwing-sink",
    rule: "What a sink throws from `closed` goes to `onSinkError`, and `close` resolves all the same.",
    async run(harness) {
      const { inbox, pair, wait } = stage(harness);
      const reported: unknown[] = [];
      const bad = new Error("thrown by a sink, on purpose");
      const own = inbox({
        closed() {
          throw bad;
        },
      });
      const { connection } = await pair({ onSinkError: (error) => reported.push(error) }, own);
      await wait(connection.close(), "close to resolve");
      await own.ended();
      claim(
        reported.length === 1 && reported[0] === bad,
        `onSinkError was called ${reported.length} times; it should have been given the one error of the sink.`,
      );
    },
  },
];
