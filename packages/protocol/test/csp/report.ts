import { openaiRealtime, openaiTranslation, type Protocol, type WireEvent } from "../../src/index.ts";
import * as validators from "../../src/validators.ts";

/** A frame, what it is written in, and who sent it. */
export interface Frame {
  readonly protocol: "realtime" | "translation";
  readonly from: "client" | "server";
  readonly text: string;
}

/** What one program found when it read frames and looked at values. */
export interface Report {
  /** Whether this program could make code out of a string. */
  readonly codeFromStrings: boolean;
  /** For each frame its kind and, of a known event, the places where it differs from its schema. */
  readonly frames: readonly string[];
  /** How many frames came out of `encode` as they went into `decode`. */
  readonly sameAgain: number;
  /** How many validators there are, and how many of them looked at a value and found it wrong. */
  readonly validators: number;
  readonly refusals: number;
}

/** Decodes, validates and encodes every frame, and runs every validator. Runs in Node and in a page alike. */
export function report(frames: readonly Frame[]): Report {
  const readings = frames.map((frame) =>
    frame.protocol === "realtime" ? reading(openaiRealtime, frame) : reading(openaiTranslation, frame),
  );
  const checks = Object.values(validators).filter((value) => typeof value === "function");
  return {
    codeFromStrings: canMakeCode(),
    frames: readings.map(({ outcome }) => outcome),
    sameAgain: readings.filter(({ isSame }) => isSame).length,
    validators: checks.length,
    refusals: checks.filter((check) => check(undefined) !== undefined).length,
  };
}

function reading<C extends WireEvent, S extends WireEvent>(protocol: Protocol<C, S>, { from, text }: Frame) {
  const frame = from === "client" ? protocol.decodeClient(text) : protocol.decode(text);
  const places = frame.kind === "known" ? frame.issues.map(({ path }) => path) : [];
  return {
    outcome: [frame.kind, ...places].join(" "),
    isSame: frame.kind !== "undecodable" && protocol.encode(frame.event) === text,
  };
}

function canMakeCode(): boolean {
  try {
    return new Function("return true")() === true;
  } catch (error) {
    if (error instanceof EvalError) return false;
    throw error;
  }
}
