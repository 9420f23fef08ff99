import assert from "node:assert/strict";
import { test } from "node:test";
import { createParameterLayout } from "../../../../static/page/panels/working/parameterLayout.ts";

test("both parameters stand there where they have room, one on a narrow screen, and both again once it is wide", () => {
  let [isNarrow, hasRoom, rendered] = [false, true, 0];
  const several = createParameterLayout(
    () => isNarrow,
    () => hasRoom || !several.shown(),
  );
  const decide = (room: string) => {
    rendered = 0;
    several.decide(room, () => {
      rendered += 1;
    });
    return [several.shown(), rendered];
  };
  assert.deepEqual(decide("wide"), [true, 1]);
  assert.deepEqual(decide("wide"), [true, 0]);
  isNarrow = true;
  assert.deepEqual(decide("slim"), [false, 1]);
  assert.deepEqual(decide("slim"), [false, 0]);
  isNarrow = false;
  assert.deepEqual(decide("wide"), [true, 1]);
  hasRoom = false;
  assert.deepEqual(decide("low"), [false, 2]);
  assert.deepEqual(decide("low"), [false, 0]);
  hasRoom = true;
  several.forget();
  assert.deepEqual(decide("low"), [true, 1], "measured anew");
});
