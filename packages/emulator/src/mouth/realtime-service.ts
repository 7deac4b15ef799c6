import { type Clock, systemClock } from "@duologue/core";
import { messageOf } from "../wire/message-of.ts";
import { refusal } from "../wire/refusal.ts";
import { type AdmissionOptions, admission, type Upgrade } from "./admission.ts";
import type { CallMedium } from "./call-medium.ts";
import { type Call, calls } from "./calls.ts";
import { clientSecrets } from "./client-secrets.ts";
import { type Control, control } from "./control.ts";
import { controlApi } from "./control-api.ts";
import type { Link } from "./driver.ts";
import { HttpRefusal, refusalAnswer, unknownCall } from "./http-answer.ts";
import type { LiveSession, Seat, SessionObserver } from "./live-session.ts";
import { liveSessions } from "./live-sessions.ts";
import { isLocal, isOfThisMachine } from "./local-request.ts";
import { randomId } from "./random-id.ts";
import { restApi } from "./rest-api.ts";
import { opensSessions, pathInService, servicePaths } from "./service-path.ts";
import { type EmulatorOptions, sessions } from "./sessions.ts";
import { sharedTimer } from "./shared-timer.ts";
import type { SidebandOptions } from "./sideband.ts";
import type { SipCall } from "./sip-call.ts";
import { statusPage } from "./status-page/status-page.ts";
import type { WebhookTarget } from "./webhook.ts";

/** How a service behaves towards those that reach it by a network. */
export interface ServiceOptions extends EmulatorOptions, AdmissionOptions {
  /** So many sessions at once; whoever comes then is turned away with code 1013. Default: 2,000. */
  readonly maxSessions?: number;
  /** What a sideband connection gets. */
  readonly sideband?: SidebandOptions;
  /** Where `realtime.call.incoming` goes when a telephone call comes in. Default: nowhere. */
  readonly webhook?: WebhookTarget;
}

/** A Realtime service without its sockets. */
export interface RealtimeService {
  readonly control: Control;
  /** The service's clock. However many wait on it, one timer of the platform runs. */
  readonly clock: Clock;
  /** Answers a request by HTTP. Never rejects. */
  fetch(request: Request): Promise<Response>;
  /** Judges a WebSocket upgrade: how its client enters, or why there is nothing at that address. */
  admit(upgrade: Upgrade): ((link: Link) => Seat) | HttpRefusal;
  /** Ends every session and call; nothing of them is left running when it resolves. */
  close(): Promise<void>;
}

/** What a service gets from where it runs. */
export interface ServiceSurroundings {
  /** Carries calls by WebRTC; asked once, when the first one comes. Rejects with a sentence where nothing does. */
  readonly medium: () => Promise<CallMedium>;
  /** Whether the control endpoint and the status page are there. */
  readonly hasControl: boolean;
  /** Whether requests for other machines' names are refused, as is wise where only this machine is meant. */
  readonly isLocalOnly: boolean;
  /** Looks on at each session. */
  readonly observe?: ((session: LiveSession) => SessionObserver) | undefined;
}

/**
 * A Realtime service: its sessions, client secrets and calls, its HTTP side and its control. Throws a `RangeError` for
 * options that make no sense, and a `TypeError` for a scenario that is none.
 */
export function realtimeService(options: ServiceOptions, surroundings: ServiceSurroundings): RealtimeService {
  const { maxSessions = 2_000, sideband = {}, webhook, keys, models, ...behaviour } = options;
  if (!(Number.isInteger(maxSessions) && maxSessions >= 1)) {
    throw new RangeError(`maxSessions is ${maxSessions}; a whole number from 1 on is wanted`);
  }
  const { maxConnections = 1 } = sideband;
  if (!(Number.isInteger(maxConnections) && maxConnections >= 0)) {
    throw new RangeError(`sideband.maxConnections is ${maxConnections}; a whole number from 0 on is wanted`);
  }
  const { hasControl, isLocalOnly, observe } = surroundings;
  const { epochMs = Date.now } = behaviour;
  const clock: Clock = sharedTimer(behaviour.clock ?? systemClock());
  const opened = sessions({ ...behaviour, clock });
  const live = liveSessions({ sessions: opened, clock, maxSessions, sideband, observe });
  const secrets = clientSecrets(epochMs);
  const known = calls<Call | SipCall>();
  const rules = { ...(keys && { keys }), ...(models && { models }) };
  let carrying: Promise<CallMedium> | undefined;
  const medium = () => {
    carrying ??= surroundings.medium();
    return carrying;
  };
  const steering = control({ live, calls: known, clock, epochMs, webhook });
  const rest = restApi({ ...rules, sessions: opened, live, secrets, calls: known, medium });
  const controls = controlApi({ control: steering, live, calls: known, clock });

  async function answer(request: Request): Promise<Response> {
    const { pathname } = new URL(request.url);
    if (request.method === "GET" && opensSessions(pathname)) {
      const message = "This is a Realtime service: connect with a WebSocket.";
      throw new HttpRefusal(426, refusal("upgrade_required", message));
    }
    const api = pathInService(pathname);
    if (api !== undefined && api !== "") {
      return request.method === "OPTIONS" ? new Response(null, { status: 204 }) : rest(request, api);
    }
    if (pathname === "/health") return Response.json({ status: "ok", sessions: live.count });
    const isControl = pathname === "/" || pathname.startsWith("/_duologue/");
    if (isControl && hasControl) {
      if (isLocalOnly && !isOfThisMachine(request)) {
        const message = "The control endpoint is for this machine's own pages and programs.";
        throw new HttpRefusal(403, refusal("foreign_origin", message));
      }
      if (request.method === "OPTIONS") return new Response(null, { status: 204 });
      return pathname === "/" ? statusPage() : controls(request, pathname.slice("/_duologue/".length));
    }
    throw nothingAt(request.method, pathname);
  }

  return {
    control: steering,
    clock,
    async fetch(request) {
      const answered = await answer(request).catch((error: unknown) => {
        if (error instanceof HttpRefusal) return refusalAnswer(error);
        const message = `The emulator failed: ${messageOf(error)}`;
        return refusalAnswer(new HttpRefusal(500, { ...refusal(null, message), type: "server_error" }));
      });
      return withCommonHeaders(answered, request);
    },
    admit(upgrade) {
      const [pathname = ""] = upgrade.target.split("?");
      if (!opensSessions(pathname)) return nothingAt("GET", pathname);
      const admitted = admission(upgrade, rules, secrets);
      if (!("joins" in admitted)) return (link) => live.open(admitted, "websocket").take(link);
      const session = live.find(admitted.joins);
      return session === undefined ? unknownCall(admitted.joins) : (link) => session.join(link);
    },
    async close() {
      live.end();
      for (const call of known.all) call.hangUp();
      await (await carrying?.catch(() => undefined))?.close();
    },
  };
}

function nothingAt(method: string, pathname: string): HttpRefusal {
  return new HttpRefusal(404, refusal(null, `Invalid URL (${method} ${pathname}). ${servicePaths}`));
}

/**
 * Any page may read what the service answers, as it may the real one's; what controls it, the pages of this machine
 * alone.
 */
function withCommonHeaders(answer: Response, request: Request): Response {
  const { headers } = answer;
  const origin = request.headers.get("origin");
  const isApi = new URL(request.url).pathname.includes("/v1/");
  if (isApi) headers.set("x-request-id", randomId("req_", 32));
  if (origin !== null && (isApi || isLocal(origin))) {
    headers.set("access-control-allow-origin", isApi ? "*" : origin);
    headers.set("access-control-expose-headers", "location, x-request-id");
    headers.append("vary", "origin");
  }
  if (request.method === "OPTIONS" && headers.has("access-control-allow-origin")) {
    headers.set("access-control-allow-methods", "GET, POST");
    const wanted = request.headers.get("access-control-request-headers");
    if (wanted !== null) headers.set("access-control-allow-headers", wanted);
    headers.set("access-control-max-age", "600");
  }
  return answer;
}
