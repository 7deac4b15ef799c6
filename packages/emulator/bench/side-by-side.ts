import { performance } from "node:perf_hooks";
import { bundled } from "./bundled.ts";
import { served } from "./child.ts";
import { median } from "./quantile.ts";
import { greeted, textTurn } from "./text-turn.ts";

const starts = 9;
const turns = 300;
const sessions = 50;
const turnsEach = 20;
const rounds = 3;

/**
 * What both the emulator and aimock can do, alternately within one run: from a process that does not run yet to the
 * first `session.created`, a turn in writing, and many of them at once.
 */
export async function sideBySide(): Promise<void> {
  const emulator = await bundled("./emulator-server.ts");
  try {
    const programs = [emulator.program, "./aimock-server.ts"];
    console.log("\nSide by side with aimock");
    console.log(`${"".padEnd(34)}${"emulator".padStart(10)}${"aimock".padStart(10)}${"ratio".padStart(8)}`);
    row("ms from nothing to session.created", await alternately(starts, programs, startMs));
    row("  the emulator from its source", [
      median(await repeated(starts, () => startMs("./emulator-server.ts"))),
    ]);
    row("ms a turn, one after the other", await alternately(rounds, programs, turnMs));
    row(`turns/s in ${sessions} sessions at once`, await alternately(rounds, programs, turnsPerSecond));
    row("frames a turn", await alternately(1, programs, framesOfTurn));
  } finally {
    await emulator.remove();
  }
}

type Measure = (program: string) => Promise<number>;

/** The median of each program, one after the other in every round, so that what slows the machine slows both. */
async function alternately(count: number, programs: readonly string[], measure: Measure) {
  const values = programs.map((): number[] => []);
  for (let round = 0; round < count; round++) {
    for (const [index, program] of programs.entries()) values[index]?.push(await measure(program));
  }
  return values.map(median);
}

async function repeated(count: number, measure: () => Promise<number>): Promise<readonly number[]> {
  const values: number[] = [];
  for (let round = 0; round < count; round++) values.push(await measure());
  return values;
}

async function startMs(program: string): Promise<number> {
  const server = await served(program);
  const socket = await greeted(server.url);
  const ms = performance.now() - server.startedMs;
  socket.terminate();
  await server.stop();
  return ms;
}

async function turnMs(program: string): Promise<number> {
  const server = await served(program);
  const times: number[] = [];
  for (let turn = 0; turn < turns; turn++) {
    // A conversation grows: each turn has one of its own.
    const socket = await greeted(server.url);
    const beganMs = performance.now();
    await textTurn(socket);
    times.push(performance.now() - beganMs);
    socket.terminate();
  }
  await server.stop();
  return median(times);
}

async function turnsPerSecond(program: string): Promise<number> {
  const server = await served(program);
  const sockets = await Promise.all(Array.from({ length: sessions }, () => greeted(server.url)));
  const beganMs = performance.now();
  await Promise.all(
    sockets.map(async (socket) => {
      for (let turn = 0; turn < turnsEach; turn++) await textTurn(socket);
    }),
  );
  const seconds = (performance.now() - beganMs) / 1000;
  for (const socket of sockets) socket.terminate();
  await server.stop();
  return (sessions * turnsEach) / seconds;
}

async function framesOfTurn(program: string): Promise<number> {
  const server = await served(program);
  const socket = await greeted(server.url);
  const frames = await textTurn(socket);
  socket.terminate();
  await server.stop();
  return frames;
}

/** The ratio is the emulator's value as a multiple of aimock's. */
function row(name: string, [ours = Number.NaN, theirs]: readonly number[]): void {
  const cells = [ours, theirs].map((value) => (value === undefined ? "" : value.toFixed(value < 10 ? 2 : 0)));
  const ratio = theirs === undefined ? "" : (ours / theirs).toFixed(2);
  console.log(
    `  ${name.padEnd(34)}${cells.map((cell) => cell.padStart(10)).join("")}${ratio.padStart(8)}`.replace(
      "  ",
      "",
    ),
  );
}
