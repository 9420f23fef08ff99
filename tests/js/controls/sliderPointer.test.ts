import assert from "node:assert/strict";
import { test } from "node:test";
import { listenToSlider } from "../../../static/page/controls/sliderPointer.ts";

test("a touch that turns into scrolling gives back what was set, which may be nothing", () => {
  for (const before of [null, 0, 3]) {
    const root: any = Object.assign(new EventTarget(), { setPointerCapture() {} });
    const log: unknown[] = [];
    let value: number | null = before;
    listenToSlider<number | null>(root, {
      value: () => value,
      setAt: () => (value = 5),
      giveBack: (given) => log.push(given),
      focus() {},
    });
    const touch = (type: string, clientX: number) =>
      root.dispatchEvent(
        Object.assign(new Event(type), {
          ...{ button: 0, isPrimary: true, pointerId: 1, pointerType: "touch", clientX, clientY: 0 },
        }),
      );
    touch("pointerdown", 0);
    touch("pointermove", 20);
    assert.equal(value, 5);
    touch("pointercancel", 20);
    assert.deepEqual(log, [before]);
  }
});
