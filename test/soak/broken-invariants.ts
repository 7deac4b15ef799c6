import { isDeepStrictEqual } from "node:util";
import { textOf } from "@duologue/conversation";
import type { Entry } from "@duologue/core";
import { openaiRealtime } from "@duologue/protocol";
import { type Weather, weathers } from "./network.ts";
import type { SoakSession } from "./soak-session.ts";

/** What must never be the case in a session and was: one sentence each, none where all is well. */
export function brokenInvariants(session: SoakSession): string[] {
  const weather: Weather = weathers[session.weather];
  return [
    ...whateverTheWeather(session),
    ...(weather.isFaithful ? whereAllArrives(session) : []),
    ...(weather.isFaithful && weather.isSteady ? whereAllIsWell(session) : []),
  ];
}

function whateverTheWeather(session: SoakSession): string[] {
  const { thrown, doings, log, state, replayed, timersLeft, atRest } = session;
  const broken = thrown.map((error) => `thrown where nothing may throw: ${shown(error)}`);
  for (const { type, settled, result } of doings.outcomes) {
    if (settled !== 1) broken.push(`request of ${type} was settled ${settled} times`);
    const error = result instanceof Error ? result : undefined;
    if (error !== undefined && !commandErrors.includes(error.code)) {
      broken.push(`request of ${type} ended as nothing should: ${error.code}, ${error.message}`);
    }
  }
  for (const { code, message } of doings.refusals) {
    if (code !== "closed") broken.push(`a command was refused at once with ${code}: ${message}`);
  }
  const acknowledgements = doings.outcomes.flatMap(({ result }) =>
    result === undefined || result instanceof Error ? [] : [result],
  );
  broken.push(...twice(acknowledgements, "one event settled two requests", ({ type }) => type));
  const ids = [...state.items, ...state.detached].map(({ id }) => id);
  broken.push(...twice(ids, "the state has an item twice"));
  broken.push(
    ...twice(
      state.responses.map(({ id }) => id),
      "the state has a response twice",
    ),
  );
  broken.push(...twice(doings.runs, "a call was run twice"));
  for (const link of linksOf(log)) {
    broken.push(...twice(outputsIn(link), "a call was answered twice on one link"));
    broken.push(...twice(commandsIn(link), "a command was sent twice on one link"));
  }
  const answers = state.items.flatMap((item) => (item.type === "function_call_output" ? [item.callId] : []));
  broken.push(...twice(answers, "the state has a call's output twice"));
  if (!isDeepStrictEqual(replayed, state) && opened(log)) {
    broken.push("the replay of the log came to another state");
  }
  if (timersLeft > 0) broken.push(`${timersLeft} timers were left`);
  if (atRest.state.link === "open" && atRest.status.state === "closed") {
    broken.push("the state has an open link in a closed session");
  }
  return broken;
}

const commandErrors: readonly string[] = ["rejected", "timeout", "closed", "uncertain"];

/** Links may break, but what they carry is what was sent. */
function whereAllArrives(session: SoakSession): string[] {
  const { state, atRest, doings, openError, effectProblems, problems, log } = session;
  const broken: string[] = [];
  for (const { effect, error } of effectProblems) {
    if (error.code === "closed") continue;
    // One of the program's tools fails, as tools do; its author is told.
    if (effect.type === "run-tool" && error.code === "tool_failed") continue;
    broken.push(`the effect ${effect.type} failed with ${error.code}: ${error.message}`);
  }
  const texts = state.items.flatMap((item) => (item.type === "message" ? [textOf(item)] : []));
  for (const text of doings.said) {
    const count = texts.filter((each) => each === text).length;
    const isLost = count === 0 && openError === undefined && atRest.status.state === "ready" && !deletes(log);
    if (count > 1 || isLost) broken.push(`"${text}" was said once and is there ${count} times`);
  }
  for (const problem of problems) {
    // What could not be sent before a link was given up is told, and that is all that can be done.
    if (problem.kind === "error" || problem.kind === "unsent" || problem.kind === "roll over") continue;
    // Its outcome is among those of the program, or its effect among those that failed.
    if (problem.kind === "request") continue;
    if (problem.kind === "history")
      broken.push(`a successor refused what it was told: ${problem.error.message}`);
    else broken.push(`a problem where all arrives: ${JSON.stringify(problem)}`);
  }
  return broken;
}

/** Nothing was lost and no link broke: the state is what the server says, and the server had nothing to complain about. */
function whereAllIsWell({ log, state, atRest, doings, openError }: SoakSession): string[] {
  const broken: string[] = [];
  if (openError !== undefined) broken.push(`it did not open: ${openError.message}`);
  if (atRest.status.state !== "ready") broken.push(`it is ${atRest.status.state} before it was closed`);
  const chain = conversationOf(log);
  const ids = state.items.map(({ id }) => id);
  if (!isDeepStrictEqual(ids, chain)) broken.push(`the items are ${ids}, and the server's are ${chain}`);
  for (const { isAbsurd, type, result } of doings.outcomes) {
    if (isAbsurd && !(result instanceof Error)) broken.push(`the absurd ${type} was acknowledged`);
  }
  // What the program deletes, others may still be speaking of.
  const mistaken = deletes(log) ? [] : refusals(log).filter(({ text }) => !text.includes("item_of_nobody"));
  broken.push(...mistaken.map(({ text }) => `the server refused: ${text}`));
  for (const item of state.items) {
    if (item.type === "function_call" && item.status === "completed" && !item.answered) {
      const response = state.responses.find(({ id }) => id === item.responseId);
      if (response?.status === "completed") broken.push(`the call ${item.callId} was never answered`);
    }
    if (item.status === "pending") broken.push(`${item.id} is still pending`);
  }
  return broken;
}

/** The ids of the conversation in order, by what the server says of each that it adds or deletes. */
function conversationOf(log: readonly Entry[]): string[] {
  const ids: string[] = [];
  for (const { from, event } of log) {
    if (from !== "server" || !openaiRealtime.isServerEvent(event)) continue;
    if (event.type === "conversation.item.added") {
      const previous = event.previous_item_id;
      ids.splice(previous == null ? 0 : ids.indexOf(previous) + 1, 0, event.item.id);
    } else if (event.type === "conversation.item.deleted") {
      ids.splice(ids.indexOf(event.item_id), 1);
    }
  }
  return ids;
}

/** What the server refused, races that mean nothing left out. */
function refusals(log: readonly Entry[]): { readonly text: string }[] {
  return log.flatMap(({ from, event }) => {
    if (from !== "server") return [];
    const failure = openaiRealtime.isServerEvent(event) ? openaiRealtime.failureOf(event) : undefined;
    return failure === undefined || failure.severity === "benign" ? [] : [{ text: failure.message }];
  });
}

/** The log of each link: what one did not answer is sent again on the next. */
function linksOf(log: readonly Entry[]): Entry[][] {
  const links: Entry[][] = [[]];
  for (const entry of log) {
    if (entry.event.type === "link.switched") links.push([]);
    links.at(-1)?.push(entry);
  }
  return links;
}

/** The types and ids of the commands that were sent, where they have one. */
function commandsIn(log: readonly Entry[]): string[] {
  return log.flatMap(({ from, event }) =>
    from === "client" && "event_id" in event && typeof event.event_id === "string"
      ? [`${event.type} ${event.event_id}`]
      : [],
  );
}

/** The call ids of the outputs that were sent. */
function outputsIn(log: readonly Entry[]): string[] {
  return log.flatMap(({ from, event }) => {
    if (from !== "client" || !("item" in event)) return [];
    const { item } = event;
    const isOutput =
      typeof item === "object" && item !== null && "type" in item && item.type === "function_call_output";
    return isOutput && "call_id" in item ? [String(item.call_id)] : [];
  });
}

const opened = (log: readonly Entry[]) => log.some(({ event }) => event.type === "link.opened");

const deletes = (log: readonly Entry[]) => log.some(({ event }) => event.type === "conversation.item.delete");

function twice<T>(list: readonly T[], what: string, name: (value: T) => string = String): string[] {
  return list.filter((value, index) => list.indexOf(value) < index).map((value) => `${what}: ${name(value)}`);
}

function shown(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
