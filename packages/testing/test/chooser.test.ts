import { describe, expect, it } from "vitest";
import { chooser } from "../src/index.ts";

describe("chooser", () => {
  it("follows its list within the choices there are, and then takes the first", () => {
    const choose = chooser([1, 7, 0, -3, 2.9]);
    expect([choose(3), choose(3), choose(3), choose(2), choose(9), choose(9), choose(1)]).toEqual([
      1, 1, 0, 1, 2, 0, 0,
    ]);
  });
});
