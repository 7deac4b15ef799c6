/**
 * Whether a text is of a `format` of JSON Schema: `date`, `time` and `date-time` (RFC 3339), `duration` (ISO 8601),
 * `email`, `uri`, `uuid`, `ipv4`. Every text is of a format that is unknown here. Refuses only what is certainly none:
 * what an address or a name may look like is for whoever uses it to say.
 */
export function isOfFormat(format: string, text: string): boolean {
  return formats.get(format)?.(text) ?? true;
}

const time = /^([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?(z|[+-]([01]\d|2[0-3]):[0-5]\d)$/i;
const octet = "(25[0-5]|2[0-4]\\d|1?\\d?\\d)";

const formats: ReadonlyMap<string, (text: string) => boolean> = new Map([
  ["date", isDate],
  ["time", (text) => time.test(text)],
  ["date-time", (text) => /^.{10}[t ]/i.test(text) && isDate(text.slice(0, 10)) && time.test(text.slice(11))],
  [
    "duration",
    (text) => /^P(?=.)(\d+W|(\d+Y)?(\d+M)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?)$/.test(text),
  ],
  ["email", (text) => /^[^\s@]+@[^\s@]+$/.test(text)],
  ["uri", (text) => /^[a-z][a-z\d+.-]*:[^\s<>"{}|\\^`]+$/i.test(text)],
  ["uuid", (text) => /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text)],
  ["ipv4", (text) => new RegExp(`^${octet}(\\.${octet}){3}$`).test(text)],
]);

/** Whether a text is a day of the calendar, such as `2024-02-29`. */
function isDate(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}
