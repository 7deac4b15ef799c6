import { fieldRefusal } from "./refusal.ts";
import { integer, type Shape, shape, text } from "./shape.ts";

const anyCode = integer({ min: 1000, max: 4999 });
const reserved = [1004, 1005, 1006];

/**
 * What a WebSocket may be closed with: 1000, the codes that are assigned, and those that are free to use. So 1000 to
 * 1014 but for 1004, 1005 and 1006, and 3000 to 4999 (RFC 6455, 7.4).
 */
export const closeCodeShape: Shape = shape(
  (value, path) => {
    const refused = anyCode(value, path);
    if (refused !== undefined) return refused;
    const isLegal = Number(value) >= 3000 || (Number(value) <= 1014 && !reserved.includes(Number(value)));
    const message = `Invalid '${path}': a WebSocket cannot be closed with ${value}. For 1006 use 'cut'.`;
    return isLegal ? undefined : fieldRefusal("invalid_value", path, message);
  },
  {
    anyOf: [
      { type: "integer", minimum: 1000, maximum: 1014, not: { enum: reserved } },
      { type: "integer", minimum: 3000, maximum: 4999 },
    ],
  },
);

/** A close frame has room for so many bytes beside the code (RFC 6455, 5.5). */
const mostReasonBytes = 123;

/** Why a WebSocket is closed: as long as a close frame has room for. */
export const closeReasonShape: Shape = shape(
  (value, path) => {
    const refused = text()(value, path);
    if (refused !== undefined) return refused;
    const { length } = new TextEncoder().encode(String(value));
    if (length <= mostReasonBytes) return undefined;
    const message = `Invalid '${path}': ${length} bytes, and a close frame has room for ${mostReasonBytes}.`;
    return fieldRefusal("string_above_max_length", path, message);
  },
  text({ maxLength: mostReasonBytes }).schema,
);
