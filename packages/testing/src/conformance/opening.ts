import type { ConformanceCase } from "./harness.ts";
import { claim, claimSame, rejection, stage } from "./stage.ts";

/** Rules about dialling. */
export const openingCases: readonly ConformanceCase[] = [
  {
    id: "opening/aborted-before",
    rule: "`open` with a signal that has fired already rejects with `aborted` and dials nobody.",
    async run(harness) {
      const { inbox, wait, settle, accepted } = stage(harness);
      const { sink, ends, frames } = inbox();
      const opening = harness.transport().open(sink, { signal: AbortSignal.abort() });
      await wait(rejection(opening, "aborted"), "open to reject");
      await settle();
      claim(accepted() === 1, "The peer saw a connection though the signal had fired before.");
      claim(ends.length + frames.length === 0, "The sink of an open that was rejected was called.");
    },
  },
  {
    id: "opening/aborted-during",
    rule: "Aborting while dialling rejects with `aborted`, leaves nothing open and calls no sink.",
    async run(harness) {
      const { inbox, wait, settle } = stage(harness);
      const { sink, ends, frames } = inbox();
      const { arrived, gone } = harness.stall();
      const abort = new AbortController();
      const opening = harness.transport().open(sink, { signal: abort.signal });
      const outcome = rejection(opening, "aborted");
      await wait(arrived, "the dial to reach the peer");
      abort.abort();
      await wait(outcome, "open to reject after the abort");
      await wait(gone(), "the aborted dial to be torn down");
      await settle();
      claim(ends.length + frames.length === 0, "The sink of an open that was aborted was called.");
    },
  },
  {
    id: "opening/abort-after",
    rule: "A signal that fires after `open` has resolved has no effect on the connection.",
    async run(harness) {
      const { inbox, wait, peer, settle } = stage(harness);
      const own = inbox();
      const abort = new AbortController();
      const opening = harness.transport().open(own.sink, { signal: abort.signal });
      const connection = await wait(opening, "open to resolve");
      const other = await peer();
      abort.abort();
      await settle();
      claim(own.ends.length === 0, "Aborting after open has resolved ended the connection.");
      connection.send("still here");
      await other.inbox.has(1);
    },
  },
  {
    id: "opening/refused",
    rule: "A refused `open` rejects with `connect_failed`, says why, and never calls the sink.",
    async run(harness) {
      const { inbox, wait, settle } = stage(harness);
      const { sink, ends, frames } = inbox();
      const transport = harness.transport();
      harness.refuse();
      const refusal = await wait(rejection(transport.open(sink), "connect_failed"), "open to reject");
      claim(
        refusal.message.length > 10,
        `The message of the refusal explains nothing: "${refusal.message}".`,
      );
      await settle();
      claim(ends.length + frames.length === 0, "The sink of an open that was refused was called.");
    },
  },
  {
    id: "opening/reusable",
    rule: "A transport opens again after a refusal and after a connection of its own has ended.",
    async run(harness) {
      const { inbox, peer, wait, serve } = stage(harness);
      const transport = harness.transport();
      harness.refuse();
      const opened = transport.open(inbox().sink).then(
        () => true,
        () => false,
      );
      claim(!(await wait(opened, "open to reject")), "open resolved though the peer refused.");
      serve();
      for (const round of ["second", "third"]) {
        const own = inbox();
        const connection = await wait(transport.open(own.sink), `the ${round} open to resolve`);
        const other = await peer();
        connection.send(round);
        await other.inbox.has(1);
        claimSame(other.inbox.frames, [round], `The ${round} connection`);
        await wait(connection.close(), "close to resolve");
      }
    },
  },
  {
    id: "opening/independent",
    rule: "Two connections of one transport share nothing: neither frames nor their end.",
    async run(harness) {
      const { inbox, peer, wait } = stage(harness);
      const transport = harness.transport();
      const one = inbox();
      const two = inbox();
      const first = await wait(transport.open(one.sink), "the first open to resolve");
      const firstPeer = await peer();
      const second = await wait(transport.open(two.sink), "the second open to resolve");
      const secondPeer = await peer();
      first.send("to the first");
      second.send("to the second");
      firstPeer.link.send("from the first");
      secondPeer.link.send("from the second");
      await Promise.all([one.has(1), two.has(1), firstPeer.inbox.has(1), secondPeer.inbox.has(1)]);
      claimSame(firstPeer.inbox.frames, ["to the first"], "The first peer");
      claimSame(secondPeer.inbox.frames, ["to the second"], "The second peer");
      claimSame(one.frames, ["from the first"], "The first connection");
      claimSame(two.frames, ["from the second"], "The second connection");
      await wait(first.close(), "close to resolve");
      second.send("and on");
      await secondPeer.inbox.has(2);
      claim(two.ends.length === 0, "Closing one connection ended the other.");
    },
  },
];
