import { RealtimeError } from "@duologue/core";
import { base64Of } from "./pcm-samples.ts";

/**
 * A picture as the protocol takes it, a `data:` URI, whose scheme and type may be written otherwise: in capitals, with
 * parameters such as `charset`, `image/jpg`. Throws `invalid_argument` for what is no PNG and no JPEG: an
 * address, above all, which the server would not fetch.
 */
export function imageUri(image: string): string;
export function imageUri(image: Blob): Promise<string>;
export function imageUri(image: string | Blob): string | Promise<string> {
  if (typeof image === "string") return checked(image);
  if (!(image instanceof Blob)) throw unsuitable(typeof image);
  // What the blob says of itself is known at once.
  checked(`data:${image.type};base64,`);
  return image
    .arrayBuffer()
    .then((bytes) => checked(`data:${image.type};base64,${base64Of(new Uint8Array(bytes))}`));
}

function checked(uri: string): string {
  const [head = "", kind] = /^data:image\/(png|jpe?g)(?:;[^;,]*)*;base64,/i.exec(uri.slice(0, 256)) ?? [];
  if (kind !== undefined) {
    const type = kind.toLowerCase() === "png" ? "png" : "jpeg";
    return `data:image/${type};base64,${uri.slice(head.length)}`;
  }
  const found = uri.startsWith("data:") ? uri.slice(0, uri.indexOf(",")) : uri.slice(0, 40);
  throw unsuitable(found);
}

function unsuitable(found: string): RealtimeError {
  const message = `A picture goes as data:image/png;base64,… or data:image/jpeg;base64,…, not as ${found}.`;
  return new RealtimeError("invalid_argument", message);
}
