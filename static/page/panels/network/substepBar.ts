/** The substeps of a step of a network on one bar: a press or a drag goes to one, keys go from one to the next. */
import { html, nothing } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { ref } from "lit-html/directives/ref.js";
import { component, styles } from "../../component.ts";
import { icon } from "../../controls/icons.ts";
import { depthOf } from "../../math/network.ts";
import type { Pass, Substep } from "../../state/substep.ts";
import type { NetworkProblem } from "../../state/types.ts";
import { layerName, substepTitle } from "../../words/networkWords.ts";

interface SubstepBar {
  network: NetworkProblem;
  substeps: Substep[];
  /** null: the whole step */
  index: number | null;
  /** nothing comes before it, after it */
  ends: { first: boolean; last: boolean };
  onMove: (by: 1 | -1) => void;
  /** null: the whole step */
  onGo: (index: number | null) => void;
  /** where the playback is out of sight */
  play: { playing: boolean; onPlay: () => void } | null;
}

/** What a pass takes of the bar: for itself and for each substep, at the most. */
const SHARES: Record<Pass, { own: number; each: number; most: number }> = {
  forward: { own: 90, each: 22, most: 240 },
  error: { own: 0, each: 66, most: 66 },
  backward: { own: 30, each: 40, most: 190 },
  update: { own: 0, each: 74, most: 74 },
};
/** Pixels that a label takes. */
const LABELS = { digit: 13, word: 46 };

const PASSES: Pass[] = ["forward", "error", "backward", "update"];

const shareOf = (pass: Pass, count: number) =>
  Math.min(SHARES[pass].most, SHARES[pass].own + SHARES[pass].each * count);

/** @param room  pixels there are for it @returns what stands under it; empty: nothing has room */
function labelOf(network: NetworkProblem, substep: Substep, room: number): string {
  const last = depthOf(network);
  const short = room < LABELS.word;
  if (substep.pass === "forward")
    return room < LABELS.digit ? "" : substep.layer === last ? "ŷ" : String(substep.neuron + 1);
  if (substep.pass === "error") return "loss";
  if (substep.pass !== "backward") return "w, b";
  if (substep.layer === last) return short ? "out" : "output";
  const [word] = layerName(network, substep.layer)
    .split(" ")
    .slice(last === 2 ? 0 : -1);
  return last === 2 || short ? word : `layer ${word}`;
}

const MOVES: Record<string, 1 | -1> = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 };

export const substepBar = component<SubstepBar>((again) => {
  const observer = new ResizeObserver(([{ target }]) => {
    width = target.clientWidth;
    again();
  });
  let root: HTMLElement | undefined;
  let width = 0;
  let given: SubstepBar;
  let held = false;

  function attach(element?: Element) {
    if (!element) return observer.disconnect();
    root = element as HTMLElement;
    observer.observe(root);
  }

  /** The one whose middle is nearest. */
  function go({ clientX }: PointerEvent) {
    const away = [...(root?.querySelectorAll(".substep") ?? [])].map((element) => {
      const { left, right } = element.getBoundingClientRect();
      return clientX < left ? left - clientX : Math.max(0, clientX - right);
    });
    const nearest = away.indexOf(Math.min(...away));
    if (nearest >= 0 && nearest !== given.index) given.onGo(nearest);
  }

  function press(event: PointerEvent) {
    if (event.button !== 0) return;
    held = true;
    root?.setPointerCapture(event.pointerId);
    root?.querySelector<HTMLElement>("input")?.focus({ preventScroll: true });
    go(event);
  }

  const drag = (event: PointerEvent) => held && go(event);
  const release = () => {
    held = false;
  };

  function key(event: KeyboardEvent) {
    const by = MOVES[event.key];
    const to = { Home: 0, End: given.substeps.length - 1, Escape: null }[event.key];
    if (!by && to === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    if (by) given.onMove(by);
    else given.onGo(to as number | null);
  }

  const set = ({ target }: Event) => {
    const value = Number((target as HTMLInputElement).value);
    given.onGo(value ? value - 1 : null);
  };

  function bars({ network, substeps, index }: SubstepBar, pass: Pass, all: number) {
    const own = substeps.flatMap((substep, k) => (substep.pass === pass ? [{ substep, k }] : []));
    const share = shareOf(pass, own.length);
    const room = (width * share) / all / own.length;
    const isChosen = index !== null && substeps[index].pass === pass;
    const look = (k: number) => `${index !== null && k < index ? "is-done" : ""} ${k === index ? "is-current" : ""}`;
    return html`<div class="pass ${isChosen ? "is-chosen" : ""}" ${styles({ "flex-grow": String(share) })}><span
      class="pass-name">${pass}</span><div
      class="pass-bars">${own.map(
        ({ substep, k }) => html`<span class="substep ${look(k)}"><i
        class="substep-label">${labelOf(network, substep, k === index ? Infinity : room)}</i></span>`,
      )}</div></div>`;
  }

  return (next) => {
    given = next;
    const { network, substeps, index, ends, onMove, play } = next;
    const all = PASSES.reduce(
      (sum, pass) => sum + shareOf(pass, substeps.filter((substep) => substep.pass === pass).length),
      0,
    );
    const chosen = index === null ? null : substeps[index];
    const text = chosen ? `${chosen.pass}: ${substepTitle(network, chosen)}` : "the whole step";
    const button = (
      label: string,
      by: 1 | -1,
      dead: boolean,
    ) => html`<button type="button" class="icon-button substep-button" aria-label=${label}
      title="${label} (${by < 0 ? "comma" : "period"})" aria-disabled=${dead || nothing}
      @click=${() => dead || onMove(by)}>${icon(by < 0 ? "left" : "right")}</button>`;
    return html`<div class="substep-bar" role="group" aria-label="Within the step">${
      play
        ? html`<button type="button" class="play" aria-label=${play.playing ? "Pause" : "Play"}
          @click=${play.onPlay}>${icon(play.playing ? "pause" : "play")}</button>`
        : nothing
    }${button("Back within the step", -1, ends.first)}<div
      class="substeps ${index === null ? "is-whole" : ""}" @pointerdown=${press} @pointermove=${drag}
      @pointerup=${release} @pointercancel=${release} ${ref(attach)}>${PASSES.map((pass) =>
        bars(next, pass, all),
      )}<input type="range" class="substeps-input" min="0" max=${substeps.length} step="1" aria-label="Substep"
        aria-valuetext=${text} .value=${live(String(index === null ? 0 : index + 1))} @input=${set}
        @keydown=${key}></div>${button("On within the step", 1, ends.last)}</div>`;
  };
});
