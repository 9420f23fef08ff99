/** A text to read, copy and keep. */
import { h, setText } from "../../dom.ts";
import { copyText } from "../shared/copying.ts";
import type { Desk } from "./takeHome.ts";

/**
 * @param how.what  is it
 * @param how.onSave  says what was saved
 */
export function createText(run: Desk["run"], { what, onSave }: { what: string; onSave?: () => string }) {
  const text = h("pre", { class: "home-text", tabindex: 0, role: "region", "aria-label": `Text of the ${what}` });
  const copy = () => run(async () => ((await copyText(text.textContent ?? "")) ? `Copied the ${what}.` : "This browser lets no page copy: select the text and press Ctrl+C."));
  const buttons = [h("button", { type: "button", class: "quiet strong", "aria-label": `Copy the ${what}`, onclick: copy }, "Copy")];
  if (onSave) buttons.push(h("button", { type: "button", class: "quiet strong", "aria-label": `Save the ${what}`, onclick: () => run(async () => onSave()) }, "Save"));
  const root = h("div", { class: "home-paper" }, text, h("div", { class: "home-buttons" }, ...buttons));
  return {
    root,
    /** @param whole  there is something to copy */
    set(value: string, whole: boolean = true) {
      setText(text, value);
      for (const button of buttons) button.disabled = !whole;
    },
    get: () => text.textContent ?? "",
  };
}
