/** What rules hold, against step: all of one run, or one quantity of all runs, as large as there is room. */
import { h, keyed, setAttribute } from "../../dom.ts";
import { shared } from "../../reads.ts";
import type { Setter } from "../../service/katex.ts";
import { sizeOf } from "../../size.ts";
import type { ChartExport } from "../../state/types.ts";
import type { ChartMoment, LineChartEvents } from "../chart/lineChart.ts";
import { createContents } from "./contents.ts";
import { createAlone, createTogether, type StatesContent } from "./groupCharts.ts";
import type { Group } from "./series.ts";

/** Pixels that a chart with names beside its lines needs. */
const WIDE = 380;

/** What a chart of one run is made for. */
const groupKey = ({ key, latex, series }: Group) => `${key} ${latex} ${series.map(({ of }) => of).join()}`;

/** What is looked at first: a quantity that the selected run has. @param selected  index */
export const openOf = (groups: Group[], chosen: string | null, selected: number | null) =>
  chosen ?? groups.find(({ series }) => series.some(({ run }) => run === selected))?.key ?? null;

/** The chosen quantity and what comes after it, as many as there is room for. */
export function shownOf(groups: Group[], chosen: string | null, room: number): Group[] {
  const at = Math.max(
    0,
    groups.findIndex(({ key }) => key === chosen),
  );
  const first = Math.max(0, Math.min(at, groups.length - room));
  const shown = groups.slice(first, first + room);
  return [groups[at], ...shown.filter((group) => group !== groups[at])];
}

/** @param stacks  one chart under the other, all of them: the page scrolls */
export function createStates(
  root: HTMLElement,
  set: Setter,
  events: LineChartEvents & { onChoose: (key: string) => void },
  stacks: () => boolean,
) {
  const contents = createContents(set, events.onChoose);
  const place = h("div", { class: "states-charts" });
  root.append(contents.root, place);
  let latest: { content: StatesContent; moment: ChartMoment } | undefined;
  const chartExports: Map<string, () => ChartExport[]> = new Map();

  const charts = (create: typeof createAlone | typeof createTogether) => (first: Group) => {
    const chart = create(set, events, first);
    chartExports.set(first.key, chart.chartExport);
    return { root: chart.root, render: (now: Group) => latest && chart.render(now, latest.content, latest.moment) };
  };
  const renderAlone = keyed(place, (group: Group) => `alone ${groupKey(group)}`, charts(createAlone));
  const renderTogether = keyed(place, (group: Group) => group.key, charts(createTogether));
  let shown: Group[] = [];

  return {
    /** @param moment  of the selected run alone */
    alone(groups: Group[], content: StatesContent, moment: ChartMoment) {
      latest = { content: shared(latest?.content, content), moment };
      shown = groups;
      contents.root.hidden = true;
      setAttribute(place, "data-together", false);
      renderTogether([]);
      renderAlone(groups);
    },
    together(groups: Group[], chosen: string | null, content: StatesContent, moment: ChartMoment) {
      latest = { content: shared(latest?.content, content), moment };
      contents.root.hidden = stacks() || groups.length < 2;
      shown = stacks()
        ? groups
        : shownOf(
            groups,
            openOf(groups, chosen, content.selected),
            Math.max(1, Math.floor(sizeOf(place).width / (WIDE * content.scale))),
          );
      setAttribute(place, "data-together", true);
      renderAlone([]);
      renderTogether(shown);
      if (!contents.root.hidden)
        contents.render(
          groups,
          shown.map(({ key }) => key),
          latest.content,
        );
    },
    /** @returns of the charts in sight */
    chartExports: (): ChartExport[] => shown.flatMap((group) => chartExports.get(group.key)?.() ?? []),
  };
}
