/** A resource that few states want: its code is fetched when the first such state comes. */

import type { State } from "../state/types.ts";
import type { Resource } from "./resource.ts";

export function fetched(
  name: string,
  isWanted: (state: State) => unknown,
  load: () => Promise<Resource>,
  atRest = true,
): Resource {
  let wished: Resource["wishes"] = () => [{ key: "its code" }];
  const resource: Resource = {
    name,
    atRest,
    wishes: (state, ports) => (isWanted(state) ? (wished?.(state, ports) ?? []) : []),
    request: load,
    /** Returns a new state, so that the table reads the wishes again, now by the code that has come. */
    put(state, _, { wishes, ...loaded }: Resource) {
      wished = wishes;
      Object.assign(resource, { put: undefined }, loaded);
      return { ...state };
    },
  };
  return resource;
}
