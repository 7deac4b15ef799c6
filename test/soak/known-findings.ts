/** Something that the soak has found and that is not put right yet. */
export interface KnownFinding {
  /** What it is, and where. */
  readonly finding: string;
  /** The sentences of broken invariants that come of it. */
  readonly sign: RegExp;
}

/**
 * Each of these stands beside a test in `findings.test.ts` that turns red when it is put right; then it goes from
 * both. Nothing else is forgiven.
 */
export const knownFindings: readonly KnownFinding[] = [
  {
    finding: "The effects of a `response.done` without a response throw, into whoever feeds the session.",
    sign: /^nobody caught: TypeError: Cannot read properties of (?:undefined|null) \(reading 'id'\)\s+at entryEffects /,
  },
  {
    finding:
      "The calls of a response out of band are run, and answered in a conversation that knows none of them.",
    sign: /^the server refused: Tool call ID '.*' not found in conversation\./,
  },
  {
    finding:
      "The sound of a response out of band is truncated when it is flushed, though it is no item of the conversation.",
    sign: /^the server refused: Error truncating item: the item with id '.*' does not exist\./,
  },
  {
    finding:
      "The output of a call that was deleted is told to the next server session, which refuses it and all after it.",
    sign: /^a successor refused what it was told: .*(?:Tool call ID '.*' not found|the previous item with id '.*' does not exist)/,
  },
  {
    finding:
      "An answer that a link did not give is asked for twice on the next: by the session, and by the conversation.",
    sign: /^a command was sent twice on one link: response\.create ask_/,
  },
  {
    finding: "Ids that are no strings get into the state, where they are compared by reference.",
    sign: /^the replay of the log came to another state, which has an id that is no string$/,
  },
];
