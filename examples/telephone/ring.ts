import { systemClock } from "@duologue/core";
import { WebSocket } from "ws";
import { farEnd } from "./far-end.ts";

// Rings a switchboard on this machine, as a telephony service would: it listens, asks something, and barges in.

const [address = "http://127.0.0.1:8080/incoming"] = process.argv.slice(2);
const twiml = await (await fetch(address, { method: "POST" })).text();
const path = /<Stream url="wss:\/\/[^/]*(\/[^"]*)"/.exec(twiml)?.[1];
if (path === undefined) throw new Error(`This is no answer to a call: ${twiml}`);
const socket = new WebSocket(new URL(path, address.replace(/^http/, "ws")));

socket.on("open", async () => {
  const clock = systemClock();
  const later = (ms: number) => new Promise<void>((go) => clock.after(ms, go));
  const phone = farEnd({ clock, send: (text) => socket.send(text), networkMs: 40 });
  socket.on("message", (data) => phone.message(String(data)));
  const heard = () => `heard ${Math.round(phone.heard().length / 8)} ms`;

  await later(2_500);
  console.log(`${heard()} of the greeting`);
  for (const listeningMs of [2_500, 0]) {
    phone.speak();
    await later(800);
    phone.quiet();
    await later(listeningMs);
    console.log(`${heard()}, told ${phone.clears} times to be silent`);
  }
  const patience = clock.after(10_000, phone.hangUp); // the assistant says goodbye before
  socket.on("close", () => {
    patience();
    phone.end();
    console.log(`${heard()} in all`);
  });
});
