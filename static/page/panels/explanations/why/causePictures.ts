/** The pictures of *Why*: prepares and draws those that have something to show. */
import type { Themed } from "../../../marks/picture.ts";
import type { State, Wire } from "../../../state/types.ts";
import { edgeSentence } from "../../../words/curvature.ts";
import type { Cause, CausePicture, CausePorts } from "./cause.ts";
import { createEdgeCause } from "./edgeCause.ts";
import { createModesCause } from "./modesCause.ts";
import { createRootsCause } from "./rootsCause.ts";
import { createStabilityCause } from "./stabilityCause.ts";

/** The content of each picture that has one, in the order of preference; undefined: it is being computed. */
export type PictureContents = Map<CausePicture, unknown>;

export function createCausePictures(ports: CausePorts) {
  const edge = createEdgeCause(ports);
  const pictures: CausePicture[] = [
    createStabilityCause(ports),
    createRootsCause(ports),
    edge,
    createModesCause(ports),
  ];
  const edgeFirst = [edge, ...pictures.filter((picture) => picture !== edge)];

  return {
    prepare: (state: State, cause: Cause, before?: PictureContents): PictureContents =>
      new Map(
        (cause.reply.of === "preconditioned" ? edgeFirst : pictures).flatMap((picture): [CausePicture, unknown][] => {
          const content = picture.prepare(state, cause, before?.get(picture));
          return content === null ? [] : [[picture, content]];
        }),
      ),
    /** @returns what follows once the curvature along the run has passed the limit */
    wordsAlongRun: ({ run, reply }: Cause, contents: PictureContents): string =>
      edgeSentence((contents.get(edge) as Wire["CurvatureColumns"] | undefined) ?? null, run, reply.of),
    draw(cause: Cause, contents: PictureContents, look: Themed, step: number) {
      for (const [picture, content] of contents) if (content) picture.draw(cause, content, look, step);
    },
  };
}
