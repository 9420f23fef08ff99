/** The way through a lesson on a wall: section by section, screen by screen. */

/** Section and screen, from 0; the first and the last shown element of the section. */
export type WallPlace = [number, number, number, number];

/**
 * The way through the sections, and the screens that each is parted into.
 * @param count  of sections
 * @param ports.screensOf  the items of each screen of a section, which is to be shown
 * @param ports.beyond  past the last screen, or before the first
 */
export function createWalk<Item>(
  count: number,
  ports: {
    screensOf: (section: number) => Item[][];
    show: (items: Item[], section: number, screen: number) => void;
    beyond: (by: 1 | -1) => void;
  },
) {
  let [section, screen] = [0, 0];
  let screens: Item[][] = [[]];

  function showScreen(next: number) {
    screen = next;
    ports.show(screens[screen], section, screen);
  }

  /** @param to  which of its screens; from the end where it is below 0 */
  function turnTo(index: number, to: number) {
    section = index;
    screens = ports.screensOf(section);
    showScreen(Math.min(screens.length - 1, to < 0 ? screens.length + to : to));
  }

  return {
    turnTo,
    /** @returns what is on the screen */
    items: (): Item[] => screens[screen],
    /** Goes to the next screen or section, or back. */
    turn(by: 1 | -1) {
      if (screens[screen + by]) showScreen(screen + by);
      else if (section + by >= 0 && section + by < count) turnTo(section + by, by > 0 ? 0 : -1);
      else ports.beyond(by);
    },
    /** Makes the screens again, as they have another size, and shows the one with what was in sight. */
    rebuild() {
      const [first] = screens[screen];
      turnTo(section, 0);
      const screenIndex = screens.findIndex((items) => items.includes(first));
      if (screenIndex > 0) showScreen(screenIndex);
    },
    place(): WallPlace {
      const before = screens.slice(0, screen).flat().length;
      return [section, screen, before, before + screens[screen].length - 1];
    },
    /** @returns the part of the lesson that has been shown, each section an equal one */
    share(): number {
      const upToHere = screens.slice(0, screen + 1).flat().length;
      return (section + upToHere / screens.flat().length) / count;
    },
  };
}
