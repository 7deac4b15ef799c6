import { answers } from "./answers.ts";
import { continuity } from "./continuity.ts";
import type { Flow } from "./flow.ts";
import { interruptions } from "./interruptions.ts";
import { tools } from "./tools.ts";
import { turns } from "./turns.ts";

/** What happens in conversations, one flow each. */
export const flows: readonly Flow[] = [...turns, ...interruptions, ...tools, ...answers, ...continuity];
