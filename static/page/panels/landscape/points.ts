/** The points of a line fit as a table to type in: the way for the keyboard, and for numbers that must be exact. */
import { setPoints } from "../../state/actions.ts";
import { datasetOf, pointsOf } from "../../state/catalog.ts";
import { icon } from "../../controls/icons.ts";
import { h, setText } from "../../dom.ts";
import { createNumberField } from "../../controls/byHand.ts";
import type { State } from "../../state/types.ts";
import type { Store } from "../../state/store.ts";

type Point = [number, number];

/** Tables longer than this are for reading elsewhere. */
const LONGEST = 24;
/** A line needs two points. */
const FEWEST = 2;

export function createPoints(store: Store) {
  const head = [h("th", { scope: "col" }, "x"), h("th", { scope: "col" }, "y")];
  const body = h("tbody");
  const caption = h("summary", {}, "Points");
  const add = h("button", { type: "button", class: "quiet", onclick: () => change((points) => [...points, middle(points)]) }, icon("plus"), "Add a point");
  const root = h("details", { class: "points" }, caption, h("table", { class: "points-table" }, h("thead", {}, h("tr", {}, ...head, h("td"))), body), add);
  let shown = "";

  function change(how: (points: Point[]) => Point[]) {
    store.update(setPoints, how(pointsOf(store.get())), false);
  }

  function cell(row: number, axis: 0 | 1, value: number) {
    const field = createNumberField({
      label: `${axis ? "y" : "x"} of point ${row + 1}`,
      onCommit: (given) => given !== null && change((points) => points.map((point, k) => (k === row ? point.with(axis, given) as Point : point))),
    });
    field.set(value);
    return h("td", {}, field.root);
  }

  const line = (point: Point, row: number, removable: boolean) => h("tr", {}, cell(row, 0, point[0]), cell(row, 1, point[1]),
    h("td", {}, removable && h("button", { type: "button", class: "icon-button", "aria-label": `Remove point ${row + 1}`, onclick: () => change((points) => points.filter((_, k) => k !== row)) }, icon("close"))));

  return {
    root,
    render(state: State) {
      const points = pointsOf(state);
      const key = JSON.stringify(points);
      if (key === shown || body.contains(document.activeElement) && state.moving) return;
      shown = key;
      setText(caption, `${points.length} points`);
      const dataset = datasetOf(state.catalog, state.problem.dataset);
      setText(head[0], dataset?.x_label ?? "x");
      setText(head[1], dataset?.y_label ?? "y");
      body.replaceChildren(...points.slice(0, LONGEST).map((point, row) => line(point, row, points.length > FEWEST)));
    },
  };
}

function middle(points: Point[]): Point {
  const mean = (k: 0 | 1) => Number((points.reduce((sum, point) => sum + point[k], 0) / points.length).toPrecision(3));
  return [mean(0), mean(1)];
}
