import type { Session } from "@duologue/core";
import type { ResponseConfig } from "@duologue/protocol";
import { findRequest } from "./reduce/requests.ts";
import type { ConversationState } from "./state.ts";
import type { RequestPolicy } from "./turn.ts";

/** What an answer that is asked for is to be like, and how the request stands to others. */
export interface RespondOptions {
  /** The request's name in `state.turn.requests`; one is made unless told. A name that is known asks for nothing. */
  readonly id?: string;
  /** `coalesce` unless told. */
  readonly policy?: RequestPolicy;
  /** In the words of the protocol; the session's own settings hold for what is left out. */
  readonly response?: ResponseConfig;
}

/** What asks for answers by noting the wish in the log, from which everything else follows. */
export function responseRequester(
  session: Pick<Session, "note">,
  state: () => ConversationState,
): (options: RespondOptions) => string {
  let count = 0;
  /** A name that no request has, of this program or of the one that the state was restored from. */
  const freshId = (): string => {
    count += 1;
    const id = `respond_${count}`;
    return findRequest(state(), id) === undefined ? id : freshId();
  };
  return ({ id = freshId(), ...options }) => {
    session.note({ type: "response.requested", id, ...options });
    return id;
  };
}
