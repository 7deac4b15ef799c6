export type { AdmissionOptions } from "./mouth/admission.ts";
export { type Listening, type ListenOptions, listen } from "./node/listen.ts";
export { loadScenario } from "./node/load-scenario.ts";
