import { createServer } from "node:http";
import { text } from "node:stream/consumers";

const { OPENAI_API_KEY, OPENAI_BASE_URL: base = "https://api.openai.com/v1", PORT = "3000" } = process.env;
const session = { type: "realtime", model: "gpt-realtime" }; // what the call begins as

const server = createServer(async (request, response) => {
  if (request.method !== "POST" || request.url !== "/calls") return response.writeHead(404).end();
  // Check here who asks, by your own login: what the page says is on your account.
  const parts = new FormData();
  parts.set("sdp", await text(request));
  parts.set("session", JSON.stringify(session));
  const headers = { Authorization: `Bearer ${OPENAI_API_KEY}` };
  const answer = await fetch(`${base}/realtime/calls`, { method: "POST", headers, body: parts }).catch(
    () => new Response("The service cannot be reached.", { status: 502 }),
  );
  for (const name of ["content-type", "location", "retry-after"]) {
    const value = answer.headers.get(name);
    if (value !== null) response.setHeader(name, value);
  }
  return response.writeHead(answer.status).end(await answer.text());
});
server.listen(Number(PORT), "127.0.0.1", () => console.log(server.address()));
