import { clientEventTypes, serverEventTypes } from "./generated/catalogue.ts";
import type { ClientEvent, ServerEvent } from "./generated/types.ts";

/** Whether clients send events of this type in the protocol that this package knows. */
export function isClientEventType(type: string): type is ClientEvent["type"] {
  return clientEventTypes.has(type);
}

/** Whether services send events of this type in the protocol that this package knows. */
export function isServerEventType(type: string): type is ServerEvent["type"] {
  return serverEventTypes.has(type);
}

/** Tells a client event from an unknown one by its `type` alone; it may still differ from its schema. */
export function isClientEvent(event: { readonly type: string }): event is ClientEvent {
  return isClientEventType(event.type);
}

/** Tells a server event from an unknown one by its `type` alone; it may still differ from its schema. */
export function isServerEvent(event: { readonly type: string }): event is ServerEvent {
  return isServerEventType(event.type);
}
