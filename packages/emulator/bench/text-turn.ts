import { once } from "node:events";
import { WebSocket } from "ws";

/** A connection that has been greeted. */
export async function greeted(url: string): Promise<WebSocket> {
  const socket = new WebSocket(`${url}?model=gpt-realtime`, { headers: { authorization: "Bearer k" } });
  await once(socket, "message");
  return socket;
}

const commands = [
  { type: "session.update", session: { type: "realtime", output_modalities: ["text"] } },
  {
    type: "conversation.item.create",
    item: { type: "message", role: "user", content: [{ type: "input_text", text: "What is the weather?" }] },
  },
  { type: "response.create" },
].map((command) => JSON.stringify(command));

/** Holds one turn in writing: a question, and all of its answer. Resolves with how many frames came. */
export function textTurn(socket: WebSocket): Promise<number> {
  return new Promise((resolve, reject) => {
    let frames = 0;
    const take = (data: Buffer) => {
      frames++;
      const isEnd = data.includes('"response.done"');
      if (!isEnd && !data.includes('"type":"error"')) return;
      socket.off("message", take);
      if (isEnd) resolve(frames);
      else reject(new Error(data.toString()));
    };
    socket.on("message", take);
    for (const command of commands) socket.send(command);
  });
}
