import { refuse } from "@duologue/core";

/** Throws `invalid_argument` where a program has left out, or mistaken, what is an object; `what` is for the message. */
export function given(value: unknown, what: string): void {
  if (typeof value !== "object" || value === null) refuse(`${what} is an object`, value);
}

/** Throws `invalid_argument` for what is no text, or an empty one; `what` is for the message. */
export function givenText(value: unknown, what: string): void {
  if (typeof value !== "string" || value === "") refuse(`${what} is a text that is not empty`, value);
}
