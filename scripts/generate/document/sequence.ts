/** A line of a sequence: an event that goes one way, or something that happens beside the events. */
export type Step =
  | {
      readonly from: "client" | "server";
      readonly type: string;
      readonly details: string;
      readonly remark: string;
    }
  | { readonly note: string };

/**
 * Reads a sequence, a step a line. `> type details | remark` is an event that a client sends, `< …` one that a
 * service sends, both with details and remark where there are any; `- text` is a note. Throws on any other line.
 */
export function sequenceSteps(source: string): readonly Step[] {
  return source
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => {
      const [, sign, text = ""] = /^([<>-]) (.+)$/.exec(line) ?? [];
      if (sign === undefined) throw new Error(`no step of a sequence: ${line}`);
      if (sign === "-") return { note: text.trim() };
      const [event = "", remark = ""] = text.split(" | ");
      const [type = "", ...details] = event.trim().split(" ");
      return {
        from: sign === ">" ? ("client" as const) : ("server" as const),
        type,
        details: details.join(" "),
        remark: remark.trim(),
      };
    });
}

const leastArrow = 4;

/** Draws a sequence as text: the client on the left, the service on the right, remarks beside. */
export function sequenceDiagram(steps: readonly Step[]): string {
  const labels = steps.map((step) => ("note" in step ? "" : labelOf(step)));
  const width = Math.max(30, ...labels.map((label) => label.length + leastArrow + 3));
  const head = `client${" ".repeat(width - 4)}service`;
  const lines = steps.map((step, index) => {
    if ("note" in step) return `  :  ${step.note}`;
    const label = labels[index] ?? "";
    const line = "-".repeat(width - label.length - 3);
    const way = step.from === "client" ? `${label} ${line}>` : `<${line} ${label}`;
    return `  | ${way} |${step.remark === "" ? "" : `  ${step.remark}`}`;
  });
  return [head, ...lines].join("\n");
}

function labelOf({ type, details }: Exclude<Step, { note: string }>): string {
  return details === "" ? type : `${type} ${details}`;
}
