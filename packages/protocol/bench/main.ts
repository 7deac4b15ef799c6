import { bareParse, contenders } from "./contenders.ts";
import { frames } from "./frames.ts";
import { measured } from "./measured.ts";

const usage = `node packages/protocol/bench/main.ts [--rounds N]

Measures what it takes to decode and validate a frame, as a multiple of JSON.parse of the same text.
  --rounds N   how many interleaved rounds; 201 by default`;

const [option, value, ...more] = process.argv.slice(2);
const rounds = option === undefined ? 201 : Number(value);

if ((option !== undefined && option !== "--rounds") || more.length > 0 || !(rounds >= 1)) {
  console.error(usage);
  process.exitCode = 2;
} else {
  console.log(`Node ${process.version}, V8 ${process.versions.v8}, ${process.platform} ${process.arch}`);
  for (const { name, text, targetRatio } of frames) {
    const results = measured(text, bareParse, contenders, { rounds, framesInRound: 500 });
    console.log(`\n${name} (${text.length.toLocaleString("en")} characters), ${rounds} rounds of 500`);
    console.log(`${"".padEnd(31)}${"µs a frame".padStart(11)}${"ratio".padStart(8)}`);
    for (const { name: contender, frameNs, ratio } of results) {
      console.log(
        `${contender.padEnd(31)}${(frameNs / 1000).toFixed(2).padStart(11)}${ratio.toFixed(2).padStart(8)}`,
      );
    }
    const ours = results.find((result) => result.name === "decode + validation");
    const verdict = ours !== undefined && ours.ratio <= targetRatio ? "met" : "missed";
    console.log(`target for decode + validation: at most ${targetRatio.toFixed(2)}, ${verdict}`);
  }
}
