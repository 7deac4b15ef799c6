import {
  type CloseInfo,
  type MemoryConnection,
  type MemoryTransportOptions,
  memoryTransport,
  type Transport,
} from "@duologue/core";
import type { UnknownEvent, WireEvent } from "@duologue/protocol";

/** An event that a scripted peer sends: whatever has a `type`, so that scripts can hold what no protocol knows. */
export type PeerEvent = UnknownEvent | WireEvent;

/** What a scripted peer answers: an event, or a function that makes one or several from the event received. */
export type PeerReply = PeerEvent | ((received: UnknownEvent) => PeerEvent | readonly PeerEvent[]);

/** One step of a script. */
export interface Expectation {
  /** Sends these in order when the step is reached. Returns the peer, for the next step. */
  reply(...replies: readonly PeerReply[]): ScriptedPeer;
}

/** Settings of a scripted peer. */
export interface ScriptedPeerOptions
  extends Pick<MemoryTransportOptions, "audio" | "maxFrameBytes" | "name"> {
  /** Sent at once on every connection. */
  readonly greeting?: readonly PeerEvent[];
  /** Types of client events that belong to no step, such as microphone audio; they are still `received`. */
  readonly ignore?: readonly string[];
}

/** A server in this program that follows a script. `send`, `close` and `break` act on the newest connection. */
export interface ScriptedPeer {
  /** Leads here. May be opened several times, one connection after the other; the script runs on. */
  readonly transport: Transport<MemoryConnection>;
  /** Events of the client in order of arrival, those that were not expected among them. */
  readonly received: readonly UnknownEvent[];
  /** How connections ended, in that order. */
  readonly ends: readonly CloseInfo[];
  /** How many connections were opened so far. */
  readonly opens: number;
  /**
   * Adds a step: the next client event is of this type and, where `where` is given, satisfies it. An event that
   * differs does not take the step: it is kept for `verify`.
   */
  expect(type: string, where?: (event: UnknownEvent) => boolean): Expectation;
  /** Sends events to the client. Throws where none is connected. */
  send(...events: readonly PeerEvent[]): void;
  /** Sends one frame as it is: for frames that are no event. */
  sendText(frame: string): void;
  /** Ends the connection in an orderly way. */
  close(info?: Partial<CloseInfo>): void;
  /** Cuts the connection: the client is told 1006. */
  break(): void;
  /** Resolves when every step was taken; rejects with the error of `verify` once something has differed. */
  done(): Promise<void>;
  /** Throws an `Error` that tells where the conversation left the script, and which steps were never taken. */
  verify(): void;
}

interface Step {
  readonly type: string;
  readonly where: ((event: UnknownEvent) => boolean) | undefined;
  readonly replies: PeerReply[];
}

/** A peer for tests of whatever speaks through a `Transport`: no network, no timers. */
export function scriptedPeer(options: ScriptedPeerOptions = {}): ScriptedPeer {
  const { greeting = [], ignore = [], ...medium } = options;
  const steps: Step[] = [];
  const received: UnknownEvent[] = [];
  const ends: CloseInfo[] = [];
  const differences: string[] = [];
  const watching = new Set<() => void>();
  let taken = 0;
  let opens = 0;
  let link: MemoryConnection | undefined;

  const connected = (): MemoryConnection => {
    if (link === undefined) throw new Error("Nobody is connected to the scripted peer.");
    return link;
  };

  const differ = (what: string) => differences.push(`step ${taken + 1}: ${what}`);

  const answer = (step: Step, event: UnknownEvent, to: MemoryConnection) => {
    for (const reply of step.replies) {
      const made = typeof reply === "function" ? reply(event) : reply;
      for (const each of isList(made) ? made : [made]) to.send(JSON.stringify(each));
    }
  };

  const take = (text: string, from: MemoryConnection) => {
    const event = eventIn(text);
    if (event === undefined) return differ(`a frame that is no event came: ${text.slice(0, 200)}`);
    received.push(event);
    if (ignore.includes(event.type)) return;
    const step = steps[taken];
    if (step === undefined) return differ(`nothing more was expected, and ${shown(event)} came`);
    if (step.type !== event.type) return differ(`expected ${step.type}, and ${shown(event)} came`);
    try {
      if (step.where?.(event) === false)
        return differ(`${step.type} came without what was asked of it: ${shown(event)}`);
      taken += 1;
      answer(step, event, from);
    } catch (error) {
      differ(`the script itself threw at ${step.type}: ${String(error)}`);
    }
  };

  const transport = memoryTransport({
    ...medium,
    accept(peer) {
      link = peer;
      opens += 1;
      for (const event of greeting) peer.send(JSON.stringify(event));
      return {
        frame(text) {
          take(text, peer);
          for (const look of watching) look();
        },
        closed(info) {
          ends.push(info);
          if (link === peer) link = undefined;
        },
      };
    },
  });

  const verify = () => {
    const open = steps.slice(taken).map(({ type }) => type);
    if (differences.length + open.length === 0) return;
    const lines = differences.map((difference) => `  ${difference}`);
    if (open.length > 0) lines.push(`  never came: ${open.join(", ")}`);
    lines.push(`  received in all: ${received.map(({ type }) => type).join(", ") || "nothing"}`);
    throw new Error(`The conversation did not follow the script.\n${lines.join("\n")}`);
  };

  const self: ScriptedPeer = {
    transport,
    received,
    ends,
    get opens() {
      return opens;
    },
    expect(type, where) {
      const step: Step = { type, where, replies: [] };
      steps.push(step);
      return {
        reply(...replies) {
          step.replies.push(...replies);
          return self;
        },
      };
    },
    send(...events) {
      for (const event of events) connected().send(JSON.stringify(event));
    },
    sendText: (frame) => connected().send(frame),
    close(info = {}) {
      void connected().close(info);
    },
    break: () => connected().break(),
    done: () =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (differences.length === 0 && taken < steps.length) return;
          watching.delete(look);
          try {
            verify();
            resolve();
          } catch (error) {
            reject(error);
          }
        };
        watching.add(look);
        look();
      }),
    verify,
  };
  return self;
}

function isList(value: PeerEvent | readonly PeerEvent[]): value is readonly PeerEvent[] {
  return Array.isArray(value);
}

/** The event that a frame holds; `undefined` where it holds none. */
function eventIn(text: string): UnknownEvent | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isEvent(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isEvent(value: unknown): value is UnknownEvent {
  return typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";
}

function shown(event: UnknownEvent): string {
  const text = JSON.stringify(event);
  return `${event.type} ${text.length > 300 ? `${text.slice(0, 300)}…` : text}`;
}
