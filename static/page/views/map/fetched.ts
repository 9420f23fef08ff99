/** Layers that few maps have: each is fetched when there is first something to draw of it. */

import type { Figure } from "../../figure/figure.ts";
import { lazy } from "../../service/lazy.ts";
import type { Layer, MapDrawing } from "./moment.ts";
import type { Naming } from "./naming.ts";
import type { RunsBefore } from "./runsBefore.ts";
import type { SearchDots } from "./searchDots.ts";
import type { StepOnCurve } from "./stepOnCurve.ts";

/** Each null until it is there, and while there is nothing to draw of it. */
export interface Fetched {
  naming: Naming | null;
  onCurve: StepOnCurve | null;
  searchDots: SearchDots | null;
  before: RunsBefore | null;
  guess: typeof import("./guess.ts") | null;
  evidence: Layer | null;
  principal: Pick<typeof import("./principal.ts"), "principalMarks" | "predictedMarks"> | null;
}

export function createFetched(ports: Pick<Figure, "ended" | "redraw">) {
  const onCurve = lazy(async () => (await import("./stepOnCurve.ts")).createStepOnCurve(), ports);
  const searchDots = lazy(async () => (await import("./searchDots.ts")).createSearchDots(), ports);
  const before = lazy(async () => (await import("./runsBefore.ts")).createRunsBefore(), ports);
  const guess = lazy(() => import("./guess.ts"), ports);
  const evidence = lazy(async () => (await import("./evidence.ts")).evidenceMarks, ports);
  const principal = lazy(() => import("./principal.ts"), ports);

  return ({ scene, axes, playhead }: MapDrawing): Omit<Fetched, "naming"> => {
    const { bundle, prepared, runs, guesses, dwells } = scene;
    const changes = runs.some(({ phases }) => phases.length > 1);
    return {
      onCurve: axes.curve ? onCurve() : null,
      searchDots: scene.search ? searchDots() : null,
      before: bundle || prepared.length || changes ? before() : null,
      guess: scene.guess || guesses || (dwells.length && playhead.step) ? guess() : null,
      evidence: scene.evidence.length ? evidence() : null,
      principal: playhead.principal || typeof playhead.averaged === "number" ? principal() : null,
    };
  };
}
