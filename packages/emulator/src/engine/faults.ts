import { change, type Draft } from "./draft.ts";
import type { EngineOutput } from "./engine-output.ts";
import type { Fault, MomentFault } from "./fault.ts";
import { happened, isFaultless, type Passage, passed, released, withFault } from "./faulty-line.ts";
import { endItem } from "./item-end.ts";
import { endResponse } from "./response-end.ts";
import { plannedEnd } from "./response-plan.ts";

/** Something goes wrong from now on; what has been put out before is not touched. */
export function armFaults(draft: Draft, faults: readonly Fault[] = []): void {
  if (faults.length === 0) return;
  settle(draft);
  let { line } = draft.state;
  for (const fault of faults) line = withFault(line, fault, draft.atMs);
  change(draft, { line });
}

/** Sends what has been put out since the last time over the line, with all that is wrong with it. */
export function settle(draft: Draft): void {
  if (draft.settled === draft.outputs.length) return;
  if (isFaultless(draft.state.line)) {
    draft.settled = draft.outputs.length;
    return;
  }
  for (const output of draft.outputs.splice(draft.settled)) {
    if (!isOver(draft)) take(draft, passed(draft.state.line, output, draft.atMs));
  }
}

/** Does what is due on the line by itself. */
export function runLine(draft: Draft): void {
  const { line } = draft.state;
  const [moment, ...moments] = line.moments;
  if (moment === undefined || moment.atMs > draft.atMs) {
    take(draft, released(line, draft.atMs));
    return;
  }
  change(draft, { line: { ...line, moments } });
  if (moment.fault.type === "end_response") endRunningResponse(draft, moment.fault);
  else take(draft, happened(draft.state.line, moment.fault, draft.atMs));
}

function take(draft: Draft, { line, outputs }: Passage): void {
  change(draft, { line });
  draft.outputs.push(...outputs);
  draft.settled = draft.outputs.length;
  if (isOver(draft)) change(draft, { phase: "closed" });
}

/** Whether the link has ended in this step. */
function isOver(draft: Draft): boolean {
  const last: EngineOutput | undefined = draft.outputs[draft.settled - 1];
  return last?.type === "close" || last?.type === "cut";
}

/** The response of the conversation ends, or the newest one out of band. */
function endRunningResponse(draft: Draft, fault: Extract<MomentFault, { type: "end_response" }>): void {
  const { responses } = draft.state;
  const response = responses.find(({ outOfBand }) => !outOfBand) ?? responses.at(-1);
  if (response === undefined) return;
  endItem(draft, response, "incomplete");
  endResponse(draft, response.id, plannedEnd(fault));
}
