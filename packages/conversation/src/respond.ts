import { type Given, RealtimeError, type Session } from "@duologue/core";
import type { ClientEvent, ResponseConfig, ServerEvent } from "@duologue/protocol";
import type { FindingCode } from "./lint/finding.ts";
import { lint } from "./lint.ts";
import { messageOf } from "./message-of.ts";
import { findRequest } from "./reduce/requests.ts";
import { refuseFor } from "./refusal.ts";
import type { ConversationState } from "./state.ts";
import type { RequestPolicy } from "./turn.ts";

/** What an answer that is asked for is to be like, and how the request stands to others. */
export interface RespondOptions {
  /** The request's name in `state.turn.requests`; one is made unless told. A name that is known asks for nothing. */
  readonly id?: string | undefined;
  /** `coalesce` unless told. */
  readonly policy?: RequestPolicy | undefined;
  /** In the words of the protocol; the session's own settings hold for what is left out. */
  readonly response?: ResponseConfig | undefined;
}

/** A wish against which nothing is known. */
interface Wish extends Given<RespondOptions> {
  readonly id: string;
}

/** What asks for answers by noting the wish in the log, from which everything else follows. */
export interface ResponseRequester {
  /**
   * The wish as it is noted: with a name, and what the answer is to be like as it is now. Throws `invalid_argument`,
   * `invalid_event`, and as `refuseFor` does for what could never be asked.
   */
  wish(options: RespondOptions): Wish;
  /** Notes a wish, and returns its name. */
  ask(wish: Wish): string;
}

const policies: readonly unknown[] = ["coalesce", "queue", "replace"] satisfies RequestPolicy[];

/** What keeps a wish waiting, and no longer. */
const passing: readonly FindingCode[] = ["response_active", "budget_reached"];

export function responseRequester(
  session: Pick<Session<ClientEvent, ServerEvent>, "note" | "check" | "protocol" | "connection">,
  state: () => ConversationState,
): ResponseRequester {
  let count = 0;
  /** A name that no request has, of this program or of the one that the state was restored from. */
  const freshId = (): string => {
    count += 1;
    const id = `respond_${count}`;
    return findRequest(state(), id) === undefined ? id : freshId();
  };
  return {
    wish(options) {
      if (typeof options !== "object" || options === null) {
        throw new RealtimeError("invalid_argument", "What is asked for is an object: { policy, response }.");
      }
      const { id = freshId(), policy, response: given } = options;
      if (policy !== undefined && !policies.includes(policy)) {
        throw new RealtimeError("invalid_argument", `A policy is one of ${policies.join(", ")}.`);
      }
      const response = given === undefined ? {} : { response: plain(given) };
      const command: ClientEvent = { type: "response.create", event_id: id, ...response };
      session.check(command);
      const { maxFrameBytes = Number.POSITIVE_INFINITY } = session.connection ?? {};
      const findings = lint(state(), session.protocol.prepare(command, id), { maxFrameBytes });
      const lasting = findings.filter(({ code }) => !passing.includes(code));
      refuseFor(lasting, command.type);
      return { id, ...(policy === undefined ? {} : { policy }), ...response };
    },
    ask(wish) {
      session.note({ type: "response.requested", ...wish });
      return wish.id;
    },
  };
}

/** What the answer is to be like, as it is now, and as it travels. */
function plain(response: ResponseConfig): ResponseConfig {
  try {
    return JSON.parse(JSON.stringify(response, finite));
  } catch (cause) {
    const message = `What the answer is to be like has no form in JSON: ${messageOf(cause)}`;
    throw new RealtimeError("invalid_argument", message, { cause });
  }
}

function finite(_: string, value: unknown): unknown {
  if (typeof value === "number" && !Number.isFinite(value)) throw new Error(`${value} is no number in it.`);
  return value;
}
