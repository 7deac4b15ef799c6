import { describe, expect, it } from "vitest";
import { isOfFormat } from "../src/text-formats.ts";

describe("isOfFormat", () => {
  it.each([
    ["date", ["2024-02-29", "0001-01-01"], ["2023-02-29", "2024-13-01", "24-02-29", "2024-02-29T00:00:00Z"]],
    ["time", ["23:59:60Z", "08:30:00.5+05:30", "08:30:00z"], ["24:00:00Z", "08:30", "08:30:00", "8:30:00Z"]],
    [
      "date-time",
      ["2024-02-29T08:30:00Z", "2024-02-29t08:30:00.123-08:00"],
      ["2024-02-30T08:30:00Z", "2024-02-29", "tomorrow at ten"],
    ],
    ["duration", ["P1W", "PT30M", "P1Y2M3DT4H5M6.5S"], ["P", "PT", "P1WT1H", "30M", "P1H"]],
    ["email", ["ada@example.com", "ada+list@example"], ["ada", "ada@", "ada @example.com", "a@b@c"]],
    [
      "uri",
      ["https://example.com/a?b#c", "tel:+351", "urn:isbn:1"],
      ["example.com", "https:", "https://a b"],
    ],
    ["uuid", ["123e4567-E89B-12d3-a456-426614174000"], ["123e4567", "123e4567-e89b-12d3-a456-42661417400g"]],
    ["ipv4", ["127.0.0.1", "255.255.255.255"], ["256.0.0.1", "1.2.3", "1.2.3.4.5"]],
    ["poem", ["anything"], []],
  ])("tells what is a %s", (format, right, wrong) => {
    expect(right.filter((text) => !isOfFormat(format, text))).toEqual([]);
    expect(wrong.filter((text) => isOfFormat(format, text))).toEqual([]);
  });
});
