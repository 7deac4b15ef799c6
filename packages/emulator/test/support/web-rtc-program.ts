import { webRtcMedium } from "../../src/node/webrtc-medium.ts";
import { webRtcCaller } from "./web-rtc-caller.ts";

// A program that takes calls, closes them, and comes to its end by itself.

process.on("exit", () => console.log("last words"));
process.exitCode = 7;

const medium = await webRtcMedium();
for (let round = 0; round < 3; round += 1) {
  const caller = webRtcCaller();
  const heard = Promise.withResolvers<void>();
  const { answerSdp } = await medium.answer(await caller.offer(), (link) => {
    link.play(new Int16Array(24_000));
    const nothing = () => {};
    return { frame: nothing, binary: nothing, end: nothing, microphone: () => heard.resolve() };
  });
  await caller.answer(answerSdp);
  caller.onSound(() => {});
  await heard.promise;
  // In turn: the caller first, the medium first, nobody but the medium's own end.
  if (round === 0) caller.hangUp();
  if (round === 1) {
    await medium.close();
    await caller.closed;
    caller.hangUp();
  }
  if (round === 2) {
    caller.hangUp();
    await medium.close();
  }
}
console.log("called and closed");
