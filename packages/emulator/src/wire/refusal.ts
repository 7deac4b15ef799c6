/** Why a command had no effect, as the `error` object of an `error` event says it; `event_id` is added on sending. */
export interface Refusal {
  /** Default: `invalid_request_error`. */
  readonly type?: string;
  readonly code: string | null;
  readonly message: string;
  /** The field at fault, as `session.tools[0].name`; `null` where no field is to blame. */
  readonly param: string | null;
}

/** What became of a client's frame: why it had no effect, where it had none, and its `event_id`, where it had one. */
export interface Performed {
  readonly refused: Refusal | undefined;
  readonly commandId: string | null;
}

/** A refusal that blames no field. */
export function refusal(code: string | null, message: string): Refusal {
  return { code, message, param: null };
}

/** A refusal that blames one field. */
export function fieldRefusal(code: string, param: string, message: string): Refusal {
  return { code, message, param };
}

/** The code of every refusal of something that the service offers and this emulator does not. */
const notEmulatedCode = "not_emulated";

/** Refuses something that the service offers and this emulator does not: said aloud, never silently ignored. */
export function notEmulated(param: string | null, what: string): Refusal {
  return { code: notEmulatedCode, message: `${what} is not supported by this emulator.`, param };
}
