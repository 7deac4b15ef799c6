import type { Recording } from "@duologue/core";

/** Throws for a recording that no client of this protocol could do again, with what to do about it. */
export function refuseUnusable({ header, problems, stopped }: Recording, protocol: string): void {
  if (header.protocol !== protocol) {
    const advice = `Hand in the protocol that it was recorded with.`;
    throw new Error(`The recording is of "${header.protocol}", and \`protocol\` is "${protocol}". ${advice}`);
  }
  const [problem] = problems;
  if (problem !== undefined) {
    throw new Error(`Line ${problem.line} of the recording cannot be read: ${problem.message}.`);
  }
  if (stopped !== undefined) throw new Error(`The recording has no end. ${stopped.message}`);
}
