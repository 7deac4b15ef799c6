import { noUsage, type UsageLedger, withResponseUsage, withTranscriptionUsage } from "../usage.ts";
import { isRecord } from "./shape.ts";

type Fields = Readonly<Record<string, unknown>>;

/**
 * Version 2 of a state. What tools at a server did was a bag of fields and has a shape, the request for an answer became
 * a list of them, what was used is summed apart from the responses, and a cancelled answer is told from a broken one.
 */
export function secondVersion(first: Fields): Fields {
  const { deletedIds, turn, ...rest } = first;
  const responses = records(first.responses);
  const items = records(first.items).map((item) => itemOf(item, responses));
  const detached = records(first.detached).map((item) => itemOf(item, responses));
  const approvals = new Map(
    items.flatMap((item) =>
      item.type === "mcp_approval_response" ? [[item.approvalRequestId, item.approve]] : [],
    ),
  );
  const all = [...items, ...detached];
  return {
    ...rest,
    version: 2,
    items: items.map((item) =>
      item.type === "mcp_approval_request" && approvals.has(item.id)
        ? { ...item, approved: approvals.get(item.id) }
        : item,
    ),
    detached,
    // Where they stood is not known any more: what names one of them comes last, as it did.
    deleted: list(deletedIds).map((id) => ({ id, behind: items.at(-1)?.id ?? null })),
    turn: isRecord(turn) ? turnOf(turn, responses) : turn,
    // Nobody counted: the buffer may hold enough for a commit.
    present: { hasSpoken: all.some(hasSound), inputBytes: 4800 },
    usage: usageOf(responses, all),
    budget: null,
  };
}

function itemOf(item: Fields, responses: readonly Fields[]): Fields {
  const { fields, ...head } = item;
  if (isRecord(fields)) return typedItem(head, fields);
  if (item.status !== "incomplete") return item;
  const response = responses.find(({ id }) => id === item.responseId);
  const status = response?.status === "cancelled" ? "cancelled" : "incomplete";
  return item.type === "message"
    ? { ...item, status, content: list(item.content).map(brokenOff) }
    : { ...item, status };
}

/** A part of an item that broke off: its words may go beyond its sound. */
function brokenOff(part: unknown): unknown {
  return isRecord(part) && isRecord(part.audio)
    ? { ...part, audio: { ...part.audio, brokenOff: true } }
    : part;
}

function typedItem(head: Fields, fields: Fields): Fields {
  const { server_label: serverLabel = "", name = "", arguments: json = "" } = fields;
  switch (head.type) {
    case "mcp_list_tools":
      return { ...head, serverLabel, tools: list(fields.tools) };
    case "mcp_call": {
      const { output, error, approval_request_id: approvalRequestId } = fields;
      return defined({ ...head, serverLabel, name, arguments: json, output, error, approvalRequestId });
    }
    case "mcp_approval_request":
      return { ...head, serverLabel, name, arguments: json };
    case "mcp_approval_response": {
      const { approval_request_id: approvalRequestId = "", approve = false, reason } = fields;
      return defined({ ...head, approvalRequestId, approve, reason });
    }
    default:
      return { ...head, kind: "", fields };
  }
}

/** One `response.create` at most was under way, and one wish at most was not sent yet. */
function turnOf({ asked, asks, wanted, ...turn }: Fields, responses: readonly Fields[]): Fields {
  const requested = typeof asks === "number" ? asks : 0;
  const running = responses.find(({ status, outOfBand }) => status === "in_progress" && outOfBand === false);
  const base = { policy: "coalesce", outOfBand: false, attempts: 0 };
  const sent = {
    ...{ ...base, id: asked || `ask_${requested}`, by: "program" },
    ...(running === undefined ? { status: "asked" } : { status: "running", responseId: running.id }),
    sent: { commandId: asked, marked: false },
  };
  const waiting = { ...base, id: `ask_${requested + 1}`, by: wanted, status: "waiting" };
  return {
    ...turn,
    unwanted: false,
    interruptedBy: null,
    requested: wanted === null ? requested : requested + 1,
    requests: [...(typeof asked === "string" ? [sent] : []), ...(wanted === null ? [] : [waiting])],
    unconfirmed: [],
  };
}

function usageOf(responses: readonly Fields[], items: readonly Fields[]): UsageLedger {
  const bills = responses.flatMap(({ usage }) => (isRecord(usage) ? [usage] : []));
  const parts = items.flatMap(({ content }) => records(content));
  const transcriptions = parts.flatMap(({ type, usage }) =>
    type === "input_audio" && isRecord(usage) ? [usage] : [],
  );
  // Bills are kept as the server sent them, and whoever counts them looks at every field.
  const counted = bills.reduce<UsageLedger>(
    (ledger, bill) => withResponseUsage(ledger, bill as never),
    noUsage,
  );
  return transcriptions.reduce<UsageLedger>(
    (ledger, bill) => withTranscriptionUsage(ledger, bill as never, undefined),
    counted,
  );
}

function hasSound({ content }: Fields): boolean {
  return records(content).some(({ audio }) => isRecord(audio) && audio.receivedBytes !== 0);
}

function defined(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function records(value: unknown): readonly Fields[] {
  return list(value).filter(isRecord);
}
