import {
  OpenAIRealtimeWebRTC as AgentsWebRtc,
  RealtimeAgent,
  RealtimeSession,
} from "@openai/agents-realtime";
import { OpenAIRealtimeWebRTC } from "openai/realtime/webrtc";

// Runs in a page, bundled: the official clients over WebRTC, as their documents use them.

/** What a test can ask of the page. Each resolves when the client is connected, with how to end it. */
export interface ClientsPage {
  openai(base: string, apiKey: string): Promise<void>;
  agents(base: string, apiKey: string): Promise<void>;
  say(text: string): void;
  close(): void;
}

let say: (text: string) => void = () => {};
let close: () => void = () => {};

const page: ClientsPage = {
  async openai(base, apiKey) {
    const client = new OpenAIRealtimeWebRTC();
    const microphone = await navigator.mediaDevices.getUserMedia({ audio: true });
    for (const track of microphone.getTracks()) client.peerConnection.addTrack(track, microphone);
    const element = document.createElement("audio");
    element.autoplay = true;
    client.peerConnection.addEventListener("track", ({ streams }) => {
      element.srcObject = streams[0] ?? null;
    });
    await client.connect({
      async exchangeSdp(offer, { signal }) {
        const headers = { Authorization: `Bearer ${apiKey}`, "Content-Type": "application/sdp" };
        const response = await fetch(`${base}/realtime/calls?model=gpt-realtime`, {
          method: "POST",
          headers,
          body: offer,
          signal,
        });
        if (!response.ok) throw new Error(await response.text());
        return response.text();
      },
    });
    say = (text) => {
      const content = [{ type: "input_text" as const, text }];
      client.send({ type: "conversation.item.create", item: { type: "message", role: "user", content } });
      client.send({ type: "response.create" });
    };
    close = () => {
      client.close();
      for (const track of microphone.getTracks()) track.stop();
    };
  },
  async agents(base, apiKey) {
    const transport = new AgentsWebRtc({ baseUrl: `${base}/realtime/calls` });
    const agent = new RealtimeAgent({ name: "guide", instructions: "Be brief." });
    const session = new RealtimeSession(agent, { transport, model: "gpt-realtime" });
    await session.connect({ apiKey });
    say = (text) => session.sendMessage(text);
    close = () => session.close();
  },
  say: (text) => say(text),
  close: () => close(),
};
Object.assign(globalThis, { clients: page });
