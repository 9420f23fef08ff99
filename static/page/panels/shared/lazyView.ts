/** A view that is fetched when it is first shown. */

import type { View } from "../../figure/part.ts";
import type { Column, State } from "../../state/types.ts";
import { lazyPart } from "./lazyPart.ts";

/** needs: the columns that it draws, also before it is there */
type Declared = Omit<View, "create"> & { needs?: (state: State) => Column[] };

export const lazyView = ({ needs = () => [], ...declared }: Declared, load: () => Promise<View["create"]>): View => ({
  ...declared,
  create: (root, figure) => ({
    ...lazyPart(
      figure,
      () => root,
      async () => (await load())(root, figure),
    ),
    needs,
  }),
});
