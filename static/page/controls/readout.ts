/** A slip over a slider that reads out what lies under the pointer, or under the cursor while keys move it. */
import { h, setText } from "../dom.ts";

let count = 0;

export function createReadout() {
  const lines = [h("span"), h("span", { class: "readout-edge" })];
  const slip = h("div", { class: "readout", "aria-hidden": "true", hidden: true }, ...lines);
  const spoken = h("span", { class: "reader-only", id: `readout-${(count += 1)}` });
  return {
    slip,
    spoken,
    /** @param width  of the slider */
    show(x: number, width: number, said: string[]) {
      lines.forEach((line, k) => setText(line, said[k] ?? ""));
      slip.hidden = false;
      const left = Math.max(0, Math.min(x - slip.offsetWidth / 2, width - slip.offsetWidth));
      slip.style.left = `${Math.round(left)}px`;
    },
    hide: () => void (slip.hidden = true),
    describe: (text: string) => setText(spoken, text),
  };
}
