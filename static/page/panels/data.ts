/** The data of a line fit, as a chart or a table; the code is fetched with the first line fit. */

import { panelIn, type View } from "../figure/part.ts";
import { loadStyle } from "../service/style.ts";
import { isLineFit } from "../state/catalog.ts";
import { lazyView } from "./shared/lazyView.ts";

export const dataView: View = lazyView(
  {
    name: "data",
    place: panelIn("right", "Data and fit"),
    tab: "Data",
    shows: ({ state }) => isLineFit(state.problem),
    needs: ({ problem }) => (isLineFit(problem) ? ["batch"] : []),
  },
  async () => (await import("./dataPanel.ts")).createDataPanel,
);

export const dataTableView: View = lazyView(
  {
    name: "table",
    place: panelIn("right", "Data as a table"),
    tab: "Table",
    needs: ({ problem }) => (isLineFit(problem) ? ["batch"] : []),
  },
  async (figure) => {
    const [{ createDataTable }] = await Promise.all([
      import("./dataTable.ts"),
      loadStyle("data"),
      figure.wholeCatalog(),
    ]);
    return createDataTable;
  },
);
