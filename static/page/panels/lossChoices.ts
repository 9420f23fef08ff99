/** The choices above the loss chart: what it counts, and whether it shows other seeds. */
import { html, nothing } from "lit-html";
import { wordChoice } from "../controls/choice.ts";
import { countBy, showSeeds } from "../state/actions.ts";
import { hasData } from "../state/catalog.ts";
import { hasMethods } from "../state/samples.ts";
import { bundleOf, isRandom, SEEDS } from "../state/seeds.ts";
import type { Act } from "../state/store.ts";
import type { Count, State } from "../state/types.ts";
import { bandWords } from "../words/band.ts";

const EVALUATIONS = "Of loss, gradient and Hessian together, each counted as one";

const hasSeeds = (state: State) => state.entries.some((entry) => isRandom(state, entry));

/** The choice of what is counted, where anything besides steps can be. */
function counts(state: State, act: Act) {
  const { problem, count } = state;
  const options: [Count, string, string?][] = [["steps", "steps"]];
  if (hasData(problem)) options.push(["samples", "samples"]);
  if (count === "evaluations" || hasMethods(state)) options.push(["evaluations", "evaluations", EVALUATIONS]);
  if (options.length < 2) return nothing;
  const value = options.some(([name]) => name === count) ? count : "steps";
  return wordChoice({ label: "Count", options, value, onChoose: (name) => act(countBy, name) });
}

const seeds = ({ seeds }: State, act: Act) => html`<button type="button" class="word" aria-pressed=${seeds}
  title="Where the same runs lie with other seeds"
  @click=${() => act(showSeeds, !seeds)}>${SEEDS} seeds</button>`;

export const lossChoices = (state: State, act: Act) => [
  hasSeeds(state) && !bundleOf(state) ? seeds(state, act) : nothing,
  counts(state, act),
];

export const bandNote = (state: State) =>
  (state.seeds || state.bundle) && hasSeeds(state)
    ? html`<p class="note band-words" role="status">${bandWords(state)}</p>`
    : nothing;
