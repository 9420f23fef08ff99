/** Whether the numbers of all parameters stand below each other: where they have room, and not on a narrow screen. */

/**
 * @param isNarrow  whether the screen is
 * @param fits  whether all that was rendered last has room
 */
export function createParameterLayout(isNarrow: () => boolean, fits: () => boolean) {
  let shown = false;
  /** For which room that was decided; null: for a narrow screen, or not at all. */
  let decided: string | null = null;

  return {
    shown: () => shown,
    /** Has it decided anew. */
    forget() {
      decided = null;
    },
    /**
     * @param room  all that the room depends on
     * @param render  shows them as is decided; called only where that has to be tried, or has changed
     */
    decide(room: string, render: () => void) {
      if (isNarrow()) {
        decided = null;
        if (!shown) return;
        shown = false;
        render();
      } else if (room !== decided) {
        decided = room;
        for (shown of [true, false]) {
          render();
          if (fits()) return;
        }
      }
    },
  };
}
