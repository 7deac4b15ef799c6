import type { Entry } from "@duologue/core";
import { describe, expect, it } from "vitest";
import { linksOf } from "../../src/strict/links-of.ts";

const opened: Entry = {
  at: 0,
  from: "local",
  event: { type: "link.opened", transport: "t", audio: "events" },
};
const closed: Entry = { at: 9, from: "local", event: { type: "link.closed", code: 1000, reason: "" } };
const server = (type: string): Entry => ({ at: 1, from: "server", event: { type } });
const beside = (link: number, from: "server" | "client", type: string): Entry => ({
  at: 1,
  from: "local",
  event: { type: "link.frame", link, from, event: { type } },
});
const shown = (entries: readonly Entry[]) =>
  linksOf(entries).map((places) => places.map(({ entry: { from, event } }) => `${from} ${event.type}`));

describe("linksOf", () => {
  it("parts the recording of a transport at each opening", () => {
    expect(shown([opened, server("a"), closed, opened, server("b"), closed])).toEqual([
      ["local link.opened", "server a", "local link.closed"],
      ["local link.opened", "server b", "local link.closed"],
    ]);
  });

  it("puts the frames of a session's links together, before and after the switch", () => {
    const switched: Entry = {
      at: 5,
      from: "local",
      event: { type: "link.switched", link: 2, reason: "rolled over" },
    };
    const log = [
      opened,
      server("a"),
      beside(2, "server", "greeting"),
      beside(2, "client", "configure"),
      server("b"),
      switched,
      beside(1, "server", "late"),
      server("c"),
      closed,
    ];
    expect(shown(log)).toEqual([
      ["local link.opened", "server a", "server b", "server late"],
      ["server greeting", "client configure", "server c", "local link.closed"],
    ]);
    const places = linksOf(log)[1]?.map(({ index }) => index);
    expect(places).toEqual([2, 3, 7, 8]);
  });

  it("ends a link that never took over where it ended", () => {
    const ended: Entry = {
      at: 2,
      from: "local",
      event: { type: "link.ended", link: 2, code: 1011, reason: "not now" },
    };
    const log = [opened, beside(2, "server", "greeting"), ended, server("a"), closed];
    expect(shown(log)).toEqual([
      ["local link.opened", "server a", "local link.closed"],
      ["server greeting", "local link.closed"],
    ]);
  });

  it("ends a link where it was lost", () => {
    const retry: Entry = {
      at: 2,
      from: "local",
      event: { type: "link.retry", attempt: 1, delayMs: 10, code: 1006, reason: "cut" },
    };
    expect(shown([opened, server("a"), retry, beside(2, "server", "greeting")])).toEqual([
      ["local link.opened", "server a", "local link.closed"],
      ["server greeting"],
    ]);
  });

  it("leaves out what never crossed a link", () => {
    expect(shown([{ at: 1, from: "local", event: { type: "response.requested" } }])).toEqual([]);
  });
});
