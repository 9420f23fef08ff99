/** The contents of the help: what keys and pointers do, and what the marks on the map mean, in the map's own shapes. */
import { html, nothing, svg } from "lit-html";
import table from "../../../../fallline/drawing/drawing.json" with { type: "json" };
import { formatExact } from "../../math/format.ts";
import { markerPath, outlinePath } from "../../math/markers.ts";
import { NEAR } from "../../math/near.ts";
import { glossaryAddress } from "../../service/glossary.ts";
import { lettersOn, setLetters } from "../../service/keys.ts";
import { loadStyle } from "../../service/style.ts";

/** A key or a gesture, and what it does. */
type HelpRow = [string, string];

const KEYS: HelpRow[] = [
  ["space", "play and pause"],
  ["← →", "a step back, a step on"],
  ["page down, page up", "in a scene the next beat, the one before; without one further on, further back"],
  ["home, end", "to the start, to the end"],
  [", .", "of a network: back and on within the step, neuron by neuron"],
  ["m", "of a network: the plane of its loss, or the network again"],
  ["n, p", "the next scene, the one before; undo brings back what it replaced"],
  ["r", "presenting: the runs with their rates, and back to the chart"],
  ["t", "raise the ground of the map, or lay it flat"],
  ["1, 2, 3", "the first, second, third answer to a question"],
  ["h", "hide what lies ahead of the playhead, or show it; a scene asks its question again"],
  [
    "page down, page up",
    "presenting, as a clicker has them: from question to run, which waits at its end, to sentence, change and the " +
      "next scene, or one of these back; so do the arrows, and space where nothing plays. Teach, a playlist puts " +
      "scenes and lessons into an order of your own for it",
  ],
  ["either held", "presenting: a list of rates, scenes and black; they go through it, and held again take the line"],
  ["b, .", "presenting: black, until the next key"],
  ["ctrl z, ctrl shift z", "undo a change, or redo it"],
  ["?", "this sheet"],
  ["esc", "close what is open; give a field its value back; where nothing is open, stop presenting"],
];

const IN_FOCUS: HelpRow[] = [
  ["the map", "arrows move the view, + and − zoom, 0 shows the whole domain"],
  ["the start", "arrows move it, with shift by larger steps"],
  [
    "a data point",
    "arrows move it, with shift by larger steps; page up and down go from point to point, delete removes one",
  ],
  ["a neuron", "arrows go to the others, enter goes to where it is computed"],
  ["a slider", "arrows go to the next value of two digits, page up and down to the next 1, 2 or 5"],
  ["a number", "0.01, 0,01 and 1e-2 are the same; enter takes it; empty is off, where that is possible"],
];

const HANDS: HelpRow[] = [
  ["drag the start", "every run begins elsewhere"],
  ["press the ground", "the start goes there, or your guess where a place is asked for; twice: the whole domain again"],
  ["press a path", "the playhead goes to that step"],
  [
    "step 12, next 13",
    "the runs stand where step 12 led; step 13 leads on from there: " +
      "it is worked out, and its averages and states are shown beside it",
  ],
  [
    "why, working, steps, compare, states",
    "opened where a scene has ended, they show the step that tells what it is about; from there on they follow the " +
      "playhead",
  ],
  ["drag the ground, turn the wheel, pinch", "move and zoom the map"],
  [
    "raise the ground, drag it",
    "the map from aslant, as high as its loss, by decades where the levels of the key are; " +
      "the pointer turns it and nothing else, esc lays it flat",
  ],
  ["drag a rate", "its path is drawn anew at once; over the slider stands the loss that each rate ends at"],
  [
    "steps, samples seen, evaluations",
    "what the loss chart counts; evaluations are those of loss, gradient and Hessian together, each counted as one: " +
      "a rule takes one gradient a step, Newton’s method and its kin take more",
  ],
  [
    "average of the steps, in why",
    "from a step on, of the chosen run: a path on the map, a line in the loss chart, columns in steps and in the CSV",
  ],
  ["drag a data point", "the whole landscape changes; press twice to add one"],
  [
    "a film, in take home",
    "the runs as they go, on the map and in the loss chart, as MP4, WebM or GIF for slides and pages: " +
      "made in the browser, frame by frame",
  ],
  [
    "your own data, as CSV",
    "under the line fits and the networks: paste rows or drop a file, choose the columns, and see what is left out; " +
      "only the numbers taken leave the page, in its address",
  ],
  [
    "of a network: plane of the loss",
    "the map of two directions alone; paths are projected onto it, and no start is set there",
  ],
  [
    "press a run’s name",
    "its other values, what it changes from the step at the playhead on, its arrows on the map, hide, copy, remove",
  ],
];

const SIZE = 24;
/** @param parts  around the middle */
const sign = (...parts: unknown[]) => html`<svg width=${2 * SIZE} height=${SIZE}
  viewBox="${-SIZE} ${-SIZE / 2} ${2 * SIZE} ${SIZE}" aria-hidden="true">${parts}</svg>`;
const path = (d: string, kind: string, transform = "", width = 2) => svg`<path d=${d} class=${kind}
  stroke-width=${width} transform=${transform || nothing}></path>`;
const head = (hollow: boolean) => path(markerPath(0, 6.3), hollow ? "mark hollow" : "mark");

function sink() {
  const { radius: r, inner, outer } = table.marks.sink;
  const arm = ([x, y]: number[]) => `M${x * r * inner} ${y * r * inner}L${x * r * outer} ${y * r * outer}`;
  const arms = [
    [1, 0],
    [-1, 0],
    [0, 1],
    [0, -1],
  ]
    .map(arm)
    .join("");
  return path(markerPath(0, r) + arms, "help-ink");
}

function start() {
  const { radius, dot } = table.marks.start;
  return path(markerPath(0, radius) + markerPath(0, dot / 2), "help-ink");
}

const MARKS: [unknown, string][] = [
  [
    sign(path("M-22 0H0", "help-run"), path("M0 0H22", "help-run", "", 1), head(false)),
    "a run at the playhead: heavy where it has walked, thin where it will",
  ],
  [
    sign(path("M-22 0H22", "help-run"), path("M-11 -4.5V4.5M0 -7V7M11 -4.5V4.5", "help-run", "", 1.5)),
    "a tick every 1, 5 or 10 steps, as the key above the map says; every tenth is longer; " +
      "a dot where a run crosses its own way all over",
  ],
  [sign(head(true)), "hollow: this run has ended"],
  [sign(start()), "the start of every run"],
  [sign(sink()), "a minimum that is known, with the loss there and where it is; in a crowd, once it is pointed at"],
  [
    sign(
      path("M8 -11V11", "help-ink", "", 4),
      path("M-22 0H0", "help-run"),
      path(outlinePath(table.marks.exit, 1), "mark", "translate(8 0)"),
    ),
    "a run leaves the sheet here; its name and step stand beside it",
  ],
  [
    sign(path("M-20 0H8", "help-run"), path("M8 -5L18 0L8 5Z", "mark")),
    "of the chosen run: where its next step goes; hollow, straight downhill",
  ],
  [
    sign(path("M-20 -9L12 -1", "help-ink"), path("M-6 8H10", "help-run"), path("M10 4L18 8L10 12Z", "mark")),
    "on a curve: the tangent where it stands, and along the axis how long its next step is; hollow, where that lands",
  ],
  [
    sign(
      path("M-22 4L0 0", "help-run"),
      path("M0 0L22 6", "help-run"),
      path("M0 0L22 -8", "help-run help-ghost", "", 1.5),
      path("M-5 0L0 -5L5 0L0 5Z", "mark hollow"),
    ),
    "here it goes on with other values; dotted, how it would have gone on without",
  ],
  [
    sign(
      path("M-18 6h.1M-10 6h.1M-2 6h.1M-18 -2h.1M-10 -2h.1M-2 -2h.1", "help-ink", "", 3),
      path(markerPath(0, 6), "help-ink", "translate(10 -2)"),
    ),
    "where every value is tried: a dot for each, a ring around the lowest so far",
  ],
  [
    sign(path("M-20 0H20M-20 -5V5M20 -5V5", "help-ink", "", 1.5)),
    "a number that stands strong in what a scene says is marked where it happens: a length, an outline, a goal " +
      "across the loss chart with a flag for each run. Flags follow what you change",
  ],
  [
    sign(
      path("M-24 11V-2L-14 -6L-4 8V11Z", "help-shade"),
      path("M2 11L8 -7M8 11L14 -7M14 11L20 -7", "help-hatch", "", 1),
    ),
    "over a slider: the loss each rate ends at; " +
      "hatched where it ends above its start or diverges, from a rate it reads out",
  ],
];

const STAGES: HelpRow[] = [
  ["Question", "what will a run do? Press the map, a letter or an answer, or leave it out"],
  ["Run", "Run, or space, lets the paths grow; drag the line below the map to any step"],
  ["Answer", "whether you were right, what there was to see, and why; its lesson is linked there"],
  ["Change", "one value to set: drag it to the arrowhead, and from then on to wherever you like"],
];

const lines = (rows: HelpRow[]) =>
  html`<dl class="help-lines">${rows.map(([left, right]) => html`<dt>${left}</dt><dd>${right}</dd>`)}</dl>`;

/** A topic, which unfolds. */
const topic = (title: string, content: unknown) => html`<details><summary>${title}</summary>${content}</details>`;

/** Whether the server prints requests, as it says in a meta element of the page. */
const isLogged = () => document.querySelector("meta[name=access-log]") !== null;

const LOGGED =
  " Whoever runs it has switched on a log: it says when which page was asked for and from which address, " +
  "but not what was set.";

const whatIsKept = () => html`<p class="note">In this browser: day or night, whether letters are keys, and
  what you answered in the lessons. What you set stands in the address. The server computes it, sets no cookie, asks no
  name, and keeps nothing of who asked for what.${isLogged() ? LOGGED : ""}</p>`;

/**
 * The contents of the help: what a newcomer needs at once, and the rest by topic.
 * @param onLetters  called once letters have become keys, or no longer are
 */
const contents = (onLetters: () => void) => html`<div class="help-sheet" tabindex="-1" autofocus>
  <section><h3>The four stages in a minute</h3>${lines(STAGES)}${
    glossaryAddress()
      ? html`<p class="note">What a word means: the
      <a href=${glossaryAddress()}>glossary</a>. Underlined with dots, it opens in place.</p>`
      : nothing
  }</section>
  ${topic(
    "On the map",
    html`<ul class="help-marks slot-0">${MARKS.map(
      ([drawn, words]) => html`<li
      class="row">${drawn}<span>${words}</span></li>`,
    )}</ul>
    <p class="note">“At a minimum” is said where one lies within ${formatExact(100 * NEAR)} % of the map: a place where
      the gradient vanishes and the loss, by its second derivatives, rises every way; “at a saddle” where it falls some
      ways. A run that stops elsewhere has stopped short, whatever its steps are.</p>`,
  )}
  ${topic("Mouse and touch", lines(HANDS))}
  ${topic(
    "Keys",
    html`${lines(KEYS)}<label class="help-letters row"><input type="checkbox" class="tick"
    .checked=${lettersOn()}
    @change=${({ target }: Event) => {
      setLetters((target as HTMLInputElement).checked);
      onLetters();
    }}>letters, digits, comma, full stop and ? are keys</label>`,
  )}
  ${topic("Keys where they are in focus", lines(IN_FOCUS))}
  ${topic("What is kept", whatIsKept())}
</div>`;

export async function openHelp(onLetters: () => void) {
  await loadStyle("help");
  return contents(onLetters);
}
