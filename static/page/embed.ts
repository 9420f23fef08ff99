/** The map of an address with its playback, for a frame on another site. */
import { createFigure } from "./figure/figure.ts";
import { addressInBar } from "./navigation.ts";
import { networkView, planeWordsView } from "./panels/lazyViews.ts";
import { mapView } from "./panels/map.ts";
import { noticeView } from "./panels/outcome/notice.ts";
import { transportView } from "./panels/transport.ts";
import { createService } from "./service/service.ts";
import { writeAddress } from "./state/address.ts";

const { address, faults } = addressInBar(false);
const { query, fragment } = writeAddress(address);
const link = document.querySelector(".embed-link") as HTMLAnchorElement;
link.href += `?${query}${fragment && "#"}${fragment}`;

createFigure(document.body, address, {
  views: [noticeView, mapView(), networkView, planeWordsView, transportView],
  faults: faults.map(({ message }) => message),
  service: createService(),
  theme: document.documentElement.dataset.theme === "night" ? "night" : "day",
});
