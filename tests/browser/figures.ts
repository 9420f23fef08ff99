/** Four figures of different parts on one page, for tests; what they are made of is on the window. */

import type { OwnFigure } from "../../static/page/figure/figure.ts";
import { createFigure } from "../../static/page/figure/figure.ts";
import type { CreatePart, View } from "../../static/page/figure/part.ts";
import { createDataPart } from "../../static/page/panels/data.ts";
import { createExplanations } from "../../static/page/panels/explain.ts";
import { createLossPart } from "../../static/page/panels/loss.ts";
import { createMapPart } from "../../static/page/panels/map.ts";
import { createSentence, createStandings } from "../../static/page/panels/outcome/meaning.ts";
import { createTitle } from "../../static/page/panels/outcome/title.ts";
import { createRunsPanel } from "../../static/page/panels/runs/runs.ts";
import { createTabs } from "../../static/page/panels/shared/tabs.ts";
import { openTakeHome } from "../../static/page/panels/take-home/takeHome.ts";
import { createTransport } from "../../static/page/panels/transport.ts";
import { createService } from "../../static/page/service/service.ts";
import { readAddress } from "../../static/page/state/address.ts";
import { gradientSize } from "./gradientSize.ts";

const service = createService();
const frames: Record<string, number> = {};

interface Drawn {
  query: string;
  views: (CreatePart | View)[];
  controls: CreatePart[];
}

const FIGURES: Record<string, Drawn> = {
  surface: {
    query:
      "surface=himmelblau&start=1,5&max_steps=60&optimizer=gd:learning_rate=0.002&optimizer=adam:learning_rate=0.2",
    views: [
      createTitle,
      createSentence,
      createStandings,
      createMapPart(),
      createLossPart,
      gradientSize,
      createExplanations,
    ],
    controls: [createRunsPanel, createTransport, createTabs],
  },
  curve: {
    query:
      "expression=x**4-2*x**2%2B0.3*x&start=2&max_steps=80" +
      "&optimizer=gd:learning_rate=0.02&optimizer=momentum:learning_rate=0.01",
    views: [createTitle, createMapPart()],
    controls: [createTransport],
  },
  fit: {
    query:
      "dataset=stopping_distance&standardize=true&loss=mse&max_steps=70" +
      "&optimizer=gd:learning_rate=0.02&optimizer=adam:learning_rate=0.2",
    views: [createMapPart(), createDataPart, createLossPart],
    controls: [createTransport],
  },
  plain: {
    query: "surface=rosenbrock&max_steps=90&optimizer=adam:learning_rate=0.1",
    views: [createMapPart()],
    controls: [createTransport],
  },
};

function open(name: string): OwnFigure {
  const { query, views, controls } = FIGURES[name];
  frames[name] = 0;
  const count = () => ({
    render() {
      frames[name] += 1;
    },
  });
  const figure = createFigure(document.getElementById(name) as HTMLElement, readAddress(query).address, {
    views: [...views, count],
    controls,
    service,
    takeHome: (picture) => void openTakeHome(figure, location.href, picture),
  });
  return figure;
}

Object.assign(window, { frames, figures: Object.fromEntries(Object.keys(FIGURES).map((name) => [name, open(name)])) });
