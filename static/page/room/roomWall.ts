/** The wall of a room: that of a playlist, which tells the server what stands there, and a strip under it. */
import { h } from "../dom.ts";
import { sameValue } from "../math/values.ts";
import { isLesson, type LedPage } from "../playlist/iframe.ts";
import type { PlaylistItem, PlaylistOffer } from "../playlist/items.ts";
import { openWall } from "../playlist/playlistWall.ts";
import { Refused } from "../service/http.ts";
import { retryWhileTransient } from "../service/retry.ts";
import { createService } from "../service/service.ts";
import { addStyle } from "../service/style.ts";
import { theme } from "../theme.ts";
import { contestOnWall, EMPTY_WALL, type WallEvent, wallAfter } from "./atWall.ts";
import { openConnection } from "./connection.ts";
import { type RoomKey, randomName } from "./kept.ts";
import { createLead } from "./lead.ts";
import { offersOf, waysOnWall } from "./offers.ts";
import type { QuestionInSight } from "./questionsInSight.ts";
import { drawStrip } from "./strip.ts";
import { fetchJoining } from "./teach.ts";
import { showThought } from "./thought.ts";

interface RoomWallPorts {
  offered: PlaylistOffer;
  root: string;
  roomKey: RoomKey;
  /** back to where it is taught from */
  leave: () => void;
  /** there is no such room, or not with this key */
  refused: () => void;
}

/** Disables on the wall what answers a question: the seats do. */
function leaveToSeats({ document }: Window) {
  document.documentElement.classList.add("asked-of-class");
  void retryWhileTransient(() => addStyle("led", document)).catch(() => {});
}

/** What ends the question that is open, in words; null: none is. */
function endsInWords(questions: QuestionInSight[]): string | null {
  const question = questions.find(({ open }) => open);
  return question ? (question.figure ? "Run" : "Show what is right") : null;
}

export function openRoomWall(
  place: HTMLElement,
  items: PlaylistItem[],
  { offered, root, roomKey, leave, refused }: RoomWallPorts,
) {
  const [box, foot] = [h("div", { class: "room-wall" }), h("div", { class: "room-strip row" })];
  const stage = h("div", { class: "room-contest", hidden: true });
  const name = randomName();
  let wall = EMPTY_WALL;
  let ledPage: LedPage | null = null;
  let contestView: ReturnType<typeof createContestView> | null = null;
  place.replaceChildren(box, stage, foot);

  function note(event: WallEvent) {
    wall = wallAfter(wall, event, name);
    drawContest();
    draw();
  }

  const connection = openConnection(roomKey, {
    onRoom(room, events) {
      // After a new connection the wall tells all again, unless a contest is shown.
      if (!wall.showsContest && events.some(({ type }) => type === "state")) lead.resend();
      note({ type: "room", room, events });
      if (room.closed) leave();
    },
    onWait: (words) => note({ type: "waits", words }),
    onRefused: refused,
  });

  const lead = createLead({
    connection,
    offered,
    name,
    seeds: () => wall.seeds,
    refused(error) {
      if (error instanceof Refused && [401, 404].includes(error.status)) refused();
      note({ type: "refused", error });
    },
  });

  function draw() {
    const { room, typed, waits, isLed, seeds, offers, ends, showsContest } = wall;
    const ways = waysOnWall(offers, { inContest: showsContest, seeds, asks: Boolean(room?.question) });
    drawStrip(foot, {
      room,
      typed,
      waits,
      take: isLed ? take : null,
      counts: !showsContest,
      run: ends !== null && !showsContest ? { word: ends, act: () => playlist.press("PageDown") } : undefined,
      ways: ways.map(({ name: way, ...rest }) => ({ ...rest, act: () => void acts[way]() })),
    });
  }

  const acts = { close, seeds: seed, contest: open, notes };

  function take() {
    lead.take();
    note({ type: "take" });
  }

  /** Draws the runs of all seats as a bundle on the wall. */
  async function seed() {
    note({ type: "seeds" });
    const { drawBundle } = await retryWhileTransient(() => import("../panels/bundle.ts"));
    // What is shown, and whether each seat has a seed, may be otherwise by now.
    const figure = ledPage && !isLesson(ledPage) ? ledPage : null;
    // A figure that goes takes with it what it has asked for.
    if (figure) void drawBundle(figure, wall.seeds ? (wall.room?.seats ?? 0) : 0).catch(() => {});
  }

  const post = (body: object) => connection.send("contest", "/contest", body, (error) => console.warn(error.message));

  /** Opens the presenter's view in a second window. */
  function notes() {
    const address = `${location.pathname}${location.search}#presenter`;
    window.open(address, "fallline-presenter", "popup,width=1366,height=768");
  }

  /** Opens a contest of the runs that are shown. */
  async function open() {
    const state = ledPage && !isLesson(ledPage) ? ledPage.store.get() : null;
    const { openContestDialog: openContestOffer } = await retryWhileTransient(
      () => import("../panels/contest/contestDialog.ts"),
    );
    if (state) await openContestOffer(state, post);
  }

  async function createContestView() {
    const { createContestWall } = await retryWhileTransient(() => import("../panels/contest/contestWall.ts"));
    return createContestWall(stage, { service: createService(), theme, onEnd: () => post({ open: false }) });
  }

  /** A contest stands in place of its preset, until the teacher goes back to that. */
  function drawContest() {
    stage.hidden = !wall.showsContest;
    if (!wall.showsContest) {
      void contestView?.then(({ destroy }) => destroy());
      contestView = null;
      return;
    }
    contestView ??= createContestView();
    void contestView.then(({ show }) => {
      const contest = wall.showsContest && contestOnWall(wall);
      if (contest) show(contest, wall.room?.seats ?? 0);
    });
  }

  function close() {
    if (wall.room?.contest?.open) post({ open: false });
    note({ type: "leaveContest" });
    lead.resend();
  }

  void retryWhileTransient(() => fetchJoining(root, roomKey.code)).then(({ typed }) =>
    note({ type: "joining", typed: typed.join("") }),
  );
  draw();
  const playlist = openWall(box, items, offered, root, leave, (onWall, item, page, shown) => {
    if (page && shown && shown !== ledPage) leaveToSeats(page);
    ledPage = shown;
    const { room, isLed, offers, ends } = wall;
    if (room && !isLed) lead.report(onWall, item, page, ledPage, room.past);
    if (room && ledPage) showThought(room, ledPage, lead.inSight());
    const inSight = { offers: offersOf(ledPage), ends: endsInWords(lead.inSight()) };
    if (!sameValue(inSight, { offers, ends })) note({ type: "inSight", ...inSight });
  });
}
