/** The door to what keys and hands do, and what the marks on the map mean. The sheet itself is fetched when it is first opened. */
import { createPopover } from "../controls/popover.js";
import { icon } from "../controls/icons.js";
import { h } from "../dom.js";

/** @param {Element} before  the button that it follows in the bar */
export function createHelp(before) {
  const button = h("button", { type: "button", class: "quiet", id: "help", title: "Keys, hands and marks: ?" }, icon("help"), h("span", {}, "Help"));
  before.after(button);
  const { open } = createPopover({ button, label: "Keys, hands and marks", className: "help", fill: async () => (await import("./helpSheet.js")).createHelpSheet() });
  return {
    /** @param {string} key @returns {boolean} whether it means something here */
    press(key) {
      if (key === "?") void open();
      return key === "?";
    },
  };
}
