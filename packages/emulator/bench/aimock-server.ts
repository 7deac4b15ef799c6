import { LLMock } from "@copilotkit/aimock";
import { answer } from "./answer.ts";
import { tellCosts } from "./costs.ts";

/** The server program of the other one: the same answer without any delay, in deltas of about a word. */
const mock = new LLMock({ port: 0, chunkSize: 5 });
mock.onMessage(/.*/, { content: answer });
const address = await mock.start();
tellCosts(`${address.replace("http", "ws")}/v1/realtime`);
