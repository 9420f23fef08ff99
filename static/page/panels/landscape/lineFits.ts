/** What a line is fitted to: the data sets, the loss, the units, and the points as a table. */
import { changeFit, chooseProblem } from "../../state/actions.ts";
import { isLineFit } from "../../state/catalog.ts";
import { h, setAttribute } from "../../dom.ts";
import { createPoints } from "./points.ts";
import { scatter } from "./thumbnails.ts";
import { createSelect } from "../../controls/byHand.ts";
import type { Dataset, State } from "../../state/types.ts";
import type { Store } from "../../state/store.ts";

export function createLineFits(store: Store) {
  const act = store.update;
  const thumbnails = h("div", { class: "sheets" });
  const loss = createSelect({ label: "Loss", onChoose: (name) => act(changeFit, { loss: name }) });
  const standardize = h("input", { type: "checkbox", class: "tick", onchange: () => act(changeFit, { standardize: standardize.checked }) });
  const points = createPoints(store);
  const settings = h("div", { class: "params" },
    h("label", { class: "line" }, h("span", {}, "Loss"), loss.root),
    h("label", { class: "line" }, h("span", {}, "Standardised units"), standardize), points.root);
  const root = h("div", {}, thumbnails, settings);
  return {
    root,
    render(state: State) {
      const { problem, catalog } = state;
      const fits = isLineFit(problem);
      thumbnails.replaceChildren(...(catalog?.datasets ?? []).map((dataset) => dataThumbnail(dataset, problem.dataset === dataset.name, () =>
        act(chooseProblem, { dataset: dataset.name, loss: problem.loss ?? "ssr", ...(dataset.opens_standardized ? { standardize: true } : {}) }))));
      settings.hidden = !fits;
      loss.set(catalog?.losses ?? [], problem.loss ?? "ssr");
      standardize.checked = problem.standardize === true;
      if (fits) points.render(state);
    },
  };
}

function dataThumbnail(dataset: Dataset, chosen: boolean, onChoose: () => void) {
  const button = h("button", { type: "button", class: "sheet", onclick: onChoose, title: dataset.summary }, scatter(dataset.points), h("span", {}, dataset.label));
  setAttribute(button, "aria-pressed", String(chosen));
  return button;
}
