import { memoryTransport, realtimeSession } from "@duologue/core";
import { type ClientEvent, type ClientEventOf, openaiRealtime } from "@duologue/protocol";
import { describe, expect, it } from "vitest";
import { type Conversation, conversation, type Tool, tool } from "../src/index.ts";
import { settle } from "./talking.ts";

// A later server session refuses a setting that the first one took: that costs the setting, and nothing else.

type Update = ClientEventOf<"session.update">;

const named = (name: string): Tool =>
  tool({ name, description: name, parameters: { type: "object" }, run: () => 1 });

/** What of an update is looked at, in words. */
function shown({ session }: Update): string {
  if (session.type !== "realtime") return session.type;
  const { instructions, max_output_tokens: most, tools } = session;
  const names = tools?.map((one) => ("name" in one ? one.name : one.type)).join("+");
  return [instructions, most, names].filter((part) => part !== undefined).join(" ");
}

/** What each link was told, where the later ones take no limit of 77. */
async function told({
  configure = [],
  tools = [],
  act,
}: {
  readonly configure?: readonly ClientEvent[];
  readonly tools?: readonly Tool[];
  readonly act: (talk: Conversation, send: (event: ClientEvent) => void) => unknown;
}) {
  const links: { readonly updates: string[]; readonly cut: () => void }[] = [];
  const transport = memoryTransport({
    accept(peer) {
      const updates: string[] = [];
      links.push({ updates, cut: () => peer.break() });
      const isLater = links.length > 1;
      let count = 0;
      const say = (event: object) => peer.send(JSON.stringify({ event_id: `event_${++count}`, ...event }));
      const session = { type: "realtime", object: "realtime.session", id: "sess_1" };
      say({ type: "session.created", session });
      return {
        frame(text) {
          // The session sends nothing but client events.
          const event = JSON.parse(text) as ClientEvent;
          if (event.type !== "session.update") return;
          updates.push(shown(event));
          const isWrong = isLater && "max_output_tokens" in event.session;
          const error = { type: "invalid_request_error", code: "invalid_value", message: "No.", param: null };
          if (isWrong) say({ type: "error", error: { ...error, event_id: event.event_id } });
          else say({ type: "session.updated", session: { ...session, ...event.session } });
        },
        closed() {},
      };
    },
  });
  const reconnect = { random: () => 0 };
  const session = realtimeSession({ transport, protocol: openaiRealtime, configure, reconnect });
  const talk = conversation(session, { tools });
  const refusals: string[] = [];
  session.problems$.subscribe(({ kind }) => void refusals.push(kind));
  await session.open();
  await act(talk, (event) => session.send(event));
  await settle();
  for (const link of [1, 2]) {
    links[link - 1]?.cut();
    while (links.length <= link || session.status.state !== "ready") await settle();
  }
  await session.close();
  return { links: links.map(({ updates }) => updates), refusals };
}

const setting = (session: Omit<Update["session"] & { type: "realtime" }, "type">): Update => ({
  type: "session.update",
  session: { type: "realtime", ...session },
});
const limited = { type: "realtime", max_output_tokens: 77 } as const;

describe("a setting that a later server session refuses", () => {
  it("gives way to what it had replaced", async () => {
    const { links, refusals } = await told({
      configure: [setting({ instructions: "X" })],
      act: (talk) => talk.update({ ...limited, instructions: "Y" }),
    });
    expect(links).toEqual([["X", "Y 77"], ["Y 77", "X"], ["X"]]);
    expect(refusals).toEqual(["history"]);
  });

  it("takes no tools with it", async () => {
    const { links, refusals } = await told({ tools: [named("a")], act: (talk) => talk.update(limited) });
    expect(links).toEqual([["a", "77"], ["77 a", "a"], ["a"]]);
    expect(refusals).toEqual(["history"]);
  });

  it("is the one that is refused, also where it has no id", async () => {
    const { links, refusals } = await told({
      act(_, send) {
        send(setting({ instructions: "Good" }));
        send(setting({ max_output_tokens: 77 }));
      },
    });
    expect(links).toEqual([["Good", "77"], ["Good", "77"], ["Good"]]);
    expect(refusals).toEqual(["history"]);
  });
});
