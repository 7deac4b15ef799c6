import { measured, shownFigures } from "./measured.ts";

// How far the estimates of heard words are off: node test/heard-text/main.ts [ROUNDS]

const rounds = Number(process.argv[2] ?? 400);
if (!(rounds >= 1)) {
  console.error("usage: node test/heard-text/main.ts [ROUNDS]");
  process.exitCode = 2;
} else {
  console.log(shownFigures(await measured(rounds)));
}
