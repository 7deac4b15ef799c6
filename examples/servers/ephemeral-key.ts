import { createServer } from "node:http";

const { OPENAI_API_KEY, OPENAI_BASE_URL: base = "https://api.openai.com/v1", PORT = "3000" } = process.env;

const server = createServer(async (request, response) => {
  if (request.method !== "POST" || request.url !== "/ephemeral-key") return response.writeHead(404).end();
  // Check here who asks, by your own login: what the page says is on your account.
  const made = await fetch(`${base}/realtime/client_secrets`, {
    method: "POST",
    headers: { Authorization: `Bearer ${OPENAI_API_KEY}`, "Content-Type": "application/json" },
    // Good for sessions of this model that begin within a minute, and for nothing else.
    body: JSON.stringify({
      expires_after: { anchor: "created_at", seconds: 60 },
      session: { type: "realtime", model: "gpt-realtime" },
    }),
  }).catch(() => undefined);
  const { value, error } = (await made?.json().catch(() => ({}))) ?? {};
  if (typeof value === "string") return response.end(value);
  return response.writeHead(502).end(error?.message ?? "The service cannot be reached.");
});
server.listen(Number(PORT), "127.0.0.1", () => console.log(server.address()));
