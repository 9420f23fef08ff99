/** What passes between the wall and the presenter's view of one playlist: two windows of one browser. */
import type { WallPicture } from "./mirror.ts";

export interface OnWall {
  /** from 0, of those that are not skipped */
  item: number;
  /** when it was started, in milliseconds */
  began: number;
  black: boolean;
  /** of its window, in pixels */
  size: [number, number];
  /** what a press goes to and what it has come to, of a preset */
  beats: string[];
  beat: number;
  /** null: its page has not come */
  shown: WallPicture | null;
}

/** A key for the wall, an item to go to, a question what it shows; or what it shows, null as it is closed. */
type Message = { to: "wall"; press?: string; item?: number } | { to: "presenter"; onWall: OnWall | null };

/** @returns posts a message to all other windows with this playlist */
export function openChannel(onMessage: (message: Message) => void): (message: Message) => void {
  const channel = new BroadcastChannel(`fallline-play${location.pathname}${location.search}`);
  channel.onmessage = ({ data }) => onMessage(data);
  return (message) => channel.postMessage(message);
}
