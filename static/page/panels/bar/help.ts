/** The button for what keys and pointers do, and what the marks on the map mean. Its contents are fetched when it is first opened. */
import { createPopover } from "../../controls/popover.ts";
import { icon } from "../../controls/icons.ts";
import { h } from "../../dom.ts";

/** @param before  the button that it follows in the bar */
export const createHelp = (before: Element) => () => {
  const button = h("button", { type: "button", class: "quiet", id: "help", title: "Keys, hands and marks: ?" }, icon("help"), h("span", {}, "Help"));
  before.after(button);
  const { open } = createPopover({ button, label: "Keys, hands and marks", className: "help", fill: async () => (await import("./helpContents.ts")).createHelpContents() });
  return {
    render() {},
    /** @returns whether it means something here */
    press(key: string): boolean {
      if (key === "?") void open();
      return key === "?";
    },
  };
};
