import assert from "node:assert/strict";
import { test } from "node:test";
import { isLeftToBrowser } from "../../../static/page/controls/rangeKeys.ts";
import { partOf } from "../part.ts";

test("an arrow with Alt is the browser's, and the input takes no key until that is done", (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  let [takesFocus, focused] = [false, 0];
  const press = (fields: Partial<KeyboardEvent>) => {
    const input: any = { disabled: false, ownerDocument: { body: {} }, focus: () => (focused += 1) };
    input.ownerDocument.activeElement = takesFocus ? input.ownerDocument.body : input;
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
  assert.equal(focused, 0);
  takesFocus = true;
  press({ altKey: true });
  assert.equal(focused, 1, "a frame took the focus");
});
