import type { UnknownEvent } from "@duologue/protocol";

/**
 * What a strict replay has to know of a protocol in order to compare what a client sends with what was sent when the
 * recording was made. `realtimeComparison` is the one for OpenAI Realtime.
 */
export interface ClientComparison {
  /**
   * The bytes that a command appends to a stream which the server hears as one, however it was cut into commands:
   * microphone sound. `undefined` for every other command.
   */
  streamOf(command: UnknownEvent): Uint8Array | undefined;
  /** Whether it makes no difference to the server in which order these two come. Symmetric. */
  commute(one: UnknownEvent, other: UnknownEvent): boolean;
  /** The command without what a client is free to choose: ids above all. */
  essence(command: UnknownEvent): UnknownEvent;
  /** The ids that a client chose in this command, each under a name of its own. */
  idsOf(command: UnknownEvent): Readonly<Record<string, string>>;
  /**
   * The ids that the server chose in answer to a recorded command, under the names that `idsOf` would have for them.
   * `later` are the server's events after it, `taken` the ids that are the answers to earlier commands.
   */
  idsChosenByServer(
    command: UnknownEvent,
    later: readonly UnknownEvent[],
    taken: ReadonlySet<string>,
  ): Readonly<Record<string, string>>;
  /**
   * A recorded server event as it would be, had the client sent `sent` and not the command that was recorded; `ids`
   * are those that the server chose for that one. The same event where that changes nothing.
   */
  answering(event: UnknownEvent, sent: UnknownEvent, ids: Readonly<Record<string, string>>): UnknownEvent;
  /** Whether two unequal values at this place (a JSON Pointer into the event) are as good as equal. */
  tolerates(pointer: string, recorded: unknown, sent: unknown): boolean;
}
