import { sha256 } from "./sha256.ts";

/** What is left out of a recording beside secrets, which never enter one. */
export interface RedactOptions {
  /** Speech becomes silence of the same length. Default: false. */
  readonly audio?: boolean | undefined;
  /**
   * Whatever was said, written, called, answered or instructed becomes blocks (`█`) of the same length. Ids, types,
   * statuses, codes, names of tools and the like stay. Default: false.
   */
  readonly text?: boolean | undefined;
  /**
   * Goes into the hashes that are written beside what was replaced. Unless given, each recording has a random one that
   * is not kept: equal hashes then mean equal content within one recording, and nobody can find short texts by trial.
   * With one of your own, also across recordings and with content that you have.
   */
  readonly salt?: string | undefined;
}

/** A value whose content was replaced. */
export interface Redaction<T> {
  readonly value: T;
  /** A hash of each content that was replaced, by its JSON Pointer (RFC 6901). Empty when nothing was. */
  readonly hashes: Readonly<Record<string, string>>;
}

/** Replaces content. */
export interface Redactor {
  /** Whether there is anything that it replaces. */
  readonly hides: boolean;
  redact<T>(value: T): Redaction<T>;
}

const block = "█";
const hashCharacters = 16;

/** Strings under these names say how something is, not what was said; so do `…_id`, `…Id`, `…_type` and their lists. */
const structural: ReadonlySet<string> = new Set([
  "code",
  "connector_id",
  "conversation",
  "detail",
  "eagerness",
  "effort",
  "format",
  "id",
  "include",
  "input_audio_format",
  "language",
  "languages",
  "max_output_tokens",
  "max_response_output_tokens",
  "mode",
  "modalities",
  "model",
  "name",
  "object",
  "output_audio_format",
  "output_modalities",
  "param",
  "phase",
  "policy",
  "reason",
  "require_approval",
  "required",
  "role",
  "server_label",
  "status",
  "status_details",
  "tool_choice",
  "tracing",
  "truncation",
  "type",
  "voice",
]);

/** The same, in a state that a conversation goes on from. */
const structuralInStates: ReadonlySet<string> = new Set([
  "awaits",
  "behind",
  "by",
  "interruptedBy",
  "kind",
  "limit",
  "link",
  "playback",
  "policy",
  "sharedWith",
  "standing",
  "transcription",
  "unconfirmed",
]);

/**
 * Makes what replaces content. What comes out has the shape and the lengths of the original, and still
 * conforms to the schemas, so that a replay comes to the same sizes and durations.
 *
 * Which strings are speech follows the names that all dialects of the Realtime protocol share: `audio`, and `delta` in
 * an object whose type ends in `audio.delta`. Every other string is text unless its name is known to be harmless: of
 * an event that nobody knows yet, too much is hidden rather than too little.
 */
export function redactor(options: RedactOptions): Redactor {
  const { audio = false, text = false } = options;
  const hides = audio || text;
  const salt = options.salt ?? (hides ? randomSalt() : "");

  function redact<T>(value: T): Redaction<T> {
    const hashes: Record<string, string> = {};

    function visit(part: unknown, name: string, type: string, pointer: string): unknown {
      if (typeof part === "string") {
        if (part === "" || (isSpeech(name, type) ? !audio : !text || isStructural(name, type))) return part;
        if (pointer.startsWith("/state/") && structuralInStates.has(name)) return part;
        hashes[pointer] = sha256(salt + part).slice(0, hashCharacters);
        return isSpeech(name, type) ? silence(part) : blocks(part);
      }
      // The bytes of a token, as log probabilities spell them.
      if (typeof part === "number") return text && name === "bytes" ? 0 : part;
      if (Array.isArray(part))
        return part.map((item, index) => visit(item, name, type, `${pointer}/${index}`));
      if (typeof part !== "object" || part === null) return part;
      const own = "type" in part && typeof part.type === "string" ? part.type : "";
      return Object.fromEntries(
        Object.entries(part).map(([key, field]) => [
          key,
          visit(field, key, own, `${pointer}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`),
        ]),
      );
    }

    // Every string is replaced by a string, every number by a number: the shape stays.
    return { value: visit(value, "", "", "") as T, hashes };
  }

  return { hides, redact: hides ? redact : (value) => ({ value, hashes: {} }) };
}

/** What stands in a recording in place of a text: as many blocks as it has UTF-16 units. */
export function blocks(text: string): string {
  return block.repeat(text.length);
}

/** Whether this stands in a recording in place of another text. */
export function isBlocks(text: string): boolean {
  return text !== "" && text === blocks(text);
}

function isSpeech(name: string, type: string): boolean {
  return name === "audio" || (name === "delta" && type.endsWith("audio.delta"));
}

function isStructural(name: string, type: string): boolean {
  // Why a person refused a tool is that person's text.
  if (name === "reason" && type === "mcp_approval_response") return false;
  return structural.has(name) || /(?:_id|_ids|Id|Ids|_type)$/.test(name);
}

/** Base64 of zeros, with as many characters and as much padding: as many bytes, and silence in PCM16. */
function silence(base64: string): string {
  const padding = /=*$/.exec(base64)?.[0] ?? "";
  return "A".repeat(base64.length - padding.length) + padding;
}

function randomSalt(): string {
  return crypto.getRandomValues(new Uint32Array(4)).join("-");
}
