import type { ConversationState, Echoes } from "../state.ts";
import { filtered } from "./lists.ts";

// A frame may come twice, and late. What says how something is does no harm then; what adds up, makes or brings back
// would, and is known again by the little that is kept here.

/** How many responses are known again, the latest ones: many more than a session of an hour has. */
const maxResponseIds = 4096;

/** How many creations are known to have been sent anew, and how many deletions; more than any program sends at once. */
const maxRecreated = 32;

/** How many pieces are known again, the latest ones; each of them costs every piece some time. */
const maxPieces = 8;

/** Whether a response is over for so long that it is not remembered: what comes of it has come before. */
export function isLongOver({ echoes }: ConversationState, responseId: string): boolean {
  return echoes.responseIds.lastIndexOf(responseId) >= 0;
}

/** Notes that responses are not remembered any more. */
export function withLongOver(state: ConversationState, responseIds: readonly string[]): ConversationState {
  return withEchoes(state, {
    responseIds: [...state.echoes.responseIds, ...responseIds].slice(-maxResponseIds),
  });
}

/** Notes that an item was sent whose id another one has, or had. */
export function recreationSent(state: ConversationState, id: string): ConversationState {
  const { recreated } = recreationOver(state, id).echoes;
  return withEchoes(state, { recreated: [...recreated, id].slice(-maxRecreated) });
}

/** Notes that it came, or is not to come. */
export function recreationOver(state: ConversationState, id: string): ConversationState {
  const recreated = filtered(state.echoes.recreated, (other) => other !== id);
  return recreated === state.echoes.recreated ? state : withEchoes(state, { recreated });
}

/** Whether it was told before that an item was deleted: there may be another one of its id by now. */
export function isDeletionKnown(state: ConversationState, deletion: Piece): boolean {
  return isKnown(state.echoes.deletions, pieceName(state, deletion));
}

/** Notes that it was told. */
export function withDeletion(state: ConversationState, deletion: Piece): ConversationState {
  const name = pieceName(state, deletion);
  if (name === undefined) return state;
  return withEchoes(state, {
    deletions: [...(state.echoes.deletions ?? []), name].slice(-maxRecreated),
  });
}

/** Notes by which name a server greets: one that gives every event this name gives none. */
export function greeted(state: ConversationState, eventId: unknown): ConversationState {
  const { greeting } = state.echoes;
  return greeting === null && isName(eventId) ? withEchoes(state, { greeting: eventId }) : state;
}

/** Notes by which name a response begins. */
export function responseBegun(state: ConversationState, eventId: unknown): ConversationState {
  const begun = isName(eventId) ? eventId : null;
  return begun === state.echoes.begun ? state : withEchoes(state, { begun });
}

/** What is known of a piece of a text, or of sound. */
interface Piece {
  readonly event_id?: string | undefined;
  readonly item_id: string;
  readonly content_index?: number | undefined;
  readonly delta?: string | undefined;
}

/** Pieces of words have fewer characters than this, pieces of sound more. */
const mostWords = 64;

/**
 * What no other piece has; `undefined` where nothing is relied on. Some services give every event the same id: theirs is
 * known by the greeting. An id alone is not enough in any case: the piece has to be the same.
 */
export function pieceName(
  { echoes }: ConversationState,
  { event_id: id, item_id: item, content_index: index = 0, delta = "" }: Piece,
): string | undefined {
  if (!isName(id) || echoes.greeting === null || id === echoes.greeting) return undefined;
  return `${id} ${item} ${index} ${delta.length < mostWords ? delta : delta.length}`;
}

/** The same of a piece of a response, which is not to have the id of the beginning of one either. */
export function responsePieceName(state: ConversationState, piece: Piece): string | undefined {
  const { begun } = state.echoes;
  return begun === null || piece.event_id === begun ? undefined : pieceName(state, piece);
}

function isName(eventId: unknown): eventId is string {
  return typeof eventId === "string" && eventId !== "";
}

/** Whether a piece of this name has come. */
export function isKnown(names: readonly string[] = [], name: string | undefined): boolean {
  // From the end, where it is likely to be; and by far faster than `includes`.
  return name !== undefined && names.lastIndexOf(name) >= 0;
}

/** The latest names, with one more. */
export function withName(names: readonly string[] = [], name: string): readonly string[] {
  return [...names.slice(1 - maxPieces), name];
}

/** Notes a piece that counts. */
export function withPiece(state: ConversationState, name: string): ConversationState {
  return withEchoes(state, { pieces: withName(state.echoes.pieces, name) });
}

/** Forgets the pieces when nothing is being made: what comes late of it changes nothing anyway. */
export function piecesOver(state: ConversationState): ConversationState {
  const isOver = state.responses.every(({ status }) => status !== "in_progress");
  const { begun, pieces } = state.echoes;
  const isClear = begun === null && pieces.length === 0;
  return isOver && !isClear ? withEchoes(state, { begun: null, pieces: [] }) : state;
}

function withEchoes(state: ConversationState, change: Partial<Echoes>): ConversationState {
  return { ...state, echoes: { ...state.echoes, ...change } };
}
