/** Every quantity there is, each as a small picture of its lines: what stands large is chosen here. */

import { h, keyed, s, setAttribute } from "../../dom.ts";
import { type Mark, runInk } from "../../marks/mark.ts";
import { createSvgPainter } from "../../marks/svg.ts";
import { COLOURS } from "../../math/palette.ts";
import { memo } from "../../reads.ts";
import { rove } from "../../roving.ts";
import type { Setter } from "../../service/katex.ts";
import { countAxis, valueAxis } from "../chart/axes.ts";
import { seriesLine } from "../chart/lines.ts";
import { createFormula } from "../formula.ts";
import type { StatesContent } from "./groupCharts.ts";
import { type Group, RATE, spoken } from "./series.ts";

const SIZE = { width: 60, height: 24 };
/** Every so many pixels of a line are enough here. */
const BOX = { left: 1, top: 2, width: SIZE.width - 2, height: SIZE.height - 4 };

function smallMarks({ group: { series }, runs, selected, steps }: StatesContent & { group: Group }): Mark[] {
  const order = [...series].sort((a, b) => Number(a.run === selected) - Number(b.run === selected));
  return order.map((one) =>
    seriesLine(one, steps, { stroke: runInk(runs[one.run].slot), width: one.run === selected ? 1.6 : 1 }),
  );
}

export function createContents(set: Setter, onChoose: (key: string) => void) {
  const root = h("div", { class: "contents", role: "radiogroup", "aria-label": "Quantity", onkeydown: key });
  let latest: { keys: string[]; shown: string[]; content: StatesContent };

  function key(event: KeyboardEvent) {
    const { keys, shown } = latest;
    rove(event, { at: keys.indexOf(shown[0]), count: keys.length }, (next) => {
      onChoose(keys[next]);
      (root.children[next] as HTMLElement).focus();
    });
  }

  function createEntry(first: Group) {
    const letter = createFormula(set, "", "text");
    letter.render(first.title === RATE ? `\\text{rate of }${first.latex}` : (first.latex ?? first.of));
    const picture = s("svg", { class: "contents-picture", "aria-hidden": "true" });
    const paint = createSvgPainter(picture);
    const button = h(
      "button",
      {
        type: "button",
        class: "contents-entry",
        role: "radio",
        "aria-label": spoken(first),
        onclick: () => onChoose(first.key),
      },
      letter.root,
      picture,
    );
    const draw = memo((given: StatesContent & { group: Group }) => {
      const { group, steps, theme } = given;
      const scales = { box: BOX, x: countAxis(steps, BOX.width), y: valueAxis(group.series, steps, BOX.height) };
      paint({ size: SIZE, scales, look: { colours: COLOURS[theme], family: "", scale: 1 }, marks: smallMarks(given) });
    });
    return {
      root: button,
      render(group: Group) {
        const { shown, content } = latest;
        setAttribute(button, "aria-checked", String(group.key === shown[0]));
        setAttribute(button, "data-shown", shown.includes(group.key));
        button.tabIndex = group.key === shown[0] ? 0 : -1;
        draw({ ...content, group });
      },
    };
  }

  const renderEntries = keyed(root, (group: Group) => `${group.key} ${group.latex}`, createEntry);
  return {
    root,
    /** @param shown  keys of those that stand large, the chosen one first */
    render(groups: Group[], shown: string[], content: StatesContent) {
      latest = { keys: groups.map((group) => group.key), shown, content };
      renderEntries(groups);
    },
  };
}
