/** Four figures of different parts on one page, for tests; what they are made of is on the window. */

import { createFigure, type FigureHandle } from "../../static/page/figure/figure.ts";
import type { View } from "../../static/page/figure/part.ts";
import { explanationTabs } from "../../static/page/panels/explanations/explanationTabs.ts";
import { dataView, lossView, sentenceView, standingsView } from "../../static/page/panels/lazyViews.ts";
import { mapView } from "../../static/page/panels/map.ts";
import { titleView } from "../../static/page/panels/outcome/title.ts";
import { runsView } from "../../static/page/panels/runs/runs.ts";
import { tabsView } from "../../static/page/panels/shared/panelTabs.ts";
import { openTakeHome } from "../../static/page/panels/take-home/takeHome.ts";
import { transportView } from "../../static/page/panels/transport.ts";
import { createService } from "../../static/page/service/service.ts";
import { readAddress } from "../../static/page/state/address.ts";
import { gradientSize } from "./gradientSize.ts";

const service = createService();
const frames: Record<string, number> = {};

const FIGURES: Record<string, { query: string; views: View[] }> = {
  surface: {
    query:
      "surface=himmelblau&start=1,5&max_steps=60&optimizer=gd:learning_rate=0.002&optimizer=adam:learning_rate=0.2",
    views: [
      runsView,
      titleView,
      mapView(),
      transportView,
      tabsView,
      sentenceView,
      lossView,
      gradientSize,
      standingsView,
      explanationTabs,
    ],
  },
  curve: {
    query:
      "expression=x**4-2*x**2%2B0.3*x&start=2&max_steps=80" +
      "&optimizer=gd:learning_rate=0.02&optimizer=momentum:learning_rate=0.01",
    views: [titleView, mapView(), transportView],
  },
  fit: {
    query:
      "dataset=stopping_distance&standardize=true&loss=mse&max_steps=70" +
      "&optimizer=gd:learning_rate=0.02&optimizer=adam:learning_rate=0.2",
    views: [mapView(), transportView, dataView, lossView],
  },
  plain: {
    query: "surface=rosenbrock&max_steps=90&optimizer=adam:learning_rate=0.1",
    views: [mapView(), transportView],
  },
};

function open(name: string): FigureHandle {
  const { query, views } = FIGURES[name];
  frames[name] = 0;
  const count: View = {
    name: "count",
    create: () => ({
      render() {
        frames[name] += 1;
      },
    }),
  };
  const takeHome: View = {
    name: "take-home",
    create: (_, figure) => ({ render() {}, takeHome: (picture) => void openTakeHome(figure, picture) }),
  };
  return createFigure(document.getElementById(name) as HTMLElement, readAddress(query).address, {
    views: [...views, count, takeHome],
    service,
  });
}

Object.assign(window, { frames, figures: Object.fromEntries(Object.keys(FIGURES).map((name) => [name, open(name)])) });
