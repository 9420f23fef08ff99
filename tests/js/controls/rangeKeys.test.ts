import assert from "node:assert/strict";
import { test } from "node:test";
import { isLeftToBrowser } from "../../../static/page/controls/rangeKeys.ts";
import { partOf } from "../part.ts";

test("an arrow with Alt is the browser's, and the input takes no key until that is done", (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const press = (fields: Partial<KeyboardEvent>) => {
    const input: Partial<HTMLInputElement> = { disabled: false };
    const left = isLeftToBrowser(partOf({ key: "ArrowLeft", ...fields, currentTarget: input } as object));
    const disabled = input.disabled;
    context.mock.timers.tick(1);
    assert.equal(input.disabled, false);
    return [left, disabled];
  };
  assert.deepEqual(press({}), [false, false]);
  assert.deepEqual(press({ shiftKey: true }), [false, false]);
  for (const modifier of ["altKey", "ctrlKey", "metaKey"]) assert.deepEqual(press({ [modifier]: true }), [true, true]);
  assert.deepEqual(press({ key: "Alt", altKey: true }), [true, false], "the input takes no such key");
});
