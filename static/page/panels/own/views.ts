/** What is told of code of one's own, on a server that has any; fetched with the first frame. */
import type { View } from "../../figure/part.ts";
import { lazyView } from "../shared/lazyView.ts";

export const ownViews: View[] = document.documentElement.matches("[data-own]")
  ? [
      lazyView(
        {
          name: "own",
          place: { within: "right", tag: "section", attributes: { class: "own-faults", "aria-label": "Your code" } },
        },
        async () => (await import("./own.ts")).createOwn,
      ),
    ]
  : [];
