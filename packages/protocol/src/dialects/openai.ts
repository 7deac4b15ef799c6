import type { Dialect } from "./dialect-facts.ts";
import { untouched } from "./untouched.ts";

/** OpenAI's own form: the core itself. Azure's general availability, Inworld, LocalAI and Speaches speak it too. */
export const openai: Dialect = {
  name: "openai",
  about: "OpenAI, Azure OpenAI since its general availability, and most who copy them.",
  clientEvents: {},
  serverEvents: {},
  renamedEvents: {},
  absentEvents: ["conversation.created", "conversation.item.created"],
  differences: [
    {
      path: "/obfuscation",
      what: "Random filling on deltas of text, on all of which it is declared here.",
      handling: "kept",
    },
    {
      events: ["response.content_part.added", "response.content_part.done"],
      path: "/content",
      what: "Azure sends the content part a second time under this name.",
      handling: "kept",
    },
  ],
  errorCodes: {},
  upcast: untouched,
};
