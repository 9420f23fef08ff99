// The words that are drawn on canvases and in charts, and which of them lie over one another.
(() => {
  const drawn = new Map();
  const fill = CanvasRenderingContext2D.prototype.fillText;
  CanvasRenderingContext2D.prototype.fillText = function (text, x, y, ...rest) {
    const { width, actualBoundingBoxAscent: up, actualBoundingBoxDescent: down } = this.measureText(text);
    const { left, top } = this.canvas.getBoundingClientRect();
    const ratio = this.canvas.width / (this.canvas.clientWidth || 1);
    const before = { center: width / 2, right: width, end: width }[this.textAlign] ?? 0;
    const matrix = this.getTransform();
    const place = (dx, dy) => {
      const point = matrix.transformPoint(new DOMPoint(x - before + dx, y + dy));
      return [point.x / ratio, point.y / ratio];
    };
    // Along words that are turned, as squares.
    const parts = matrix.b ? Math.max(1, Math.ceil(width / (up + down))) : 1;
    const boxes = Array.from({ length: parts }, (_, k) => {
      const corners = [
        place((k * width) / parts, -up),
        place(((k + 1) * width) / parts, -up),
        place((k * width) / parts, down),
        place(((k + 1) * width) / parts, down),
      ];
      const [xs, ys] = [corners.map(([px]) => px), corners.map(([, py]) => py)];
      return [left + Math.min(...xs), top + Math.min(...ys), left + Math.max(...xs), top + Math.max(...ys)];
    });
    const all = drawn.get(this.canvas) ?? [];
    drawn.set(this.canvas, [...all, { text: String(text), boxes, on: "map" }]);
    return fill.call(this, text, x, y, ...rest);
  };

  const shown = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  /** Letters are lower than their line. */
  const LINE = 0.2;
  const boxOf = (element) => {
    const { left, top, right, bottom, height } = element.getBoundingClientRect();
    return [left, top + LINE * height, right, bottom - LINE * height];
  };

  /** Words of a chart are there twice: their halo is below all of it. */
  const isHalo = (one, other) =>
    one.on === "chart" && one.text === other.text && Math.abs(one.boxes[0][0] - other.boxes[0][0]) < 1;
  /** Words of an enlarged step, which lies over the ground: numbers of contours are below it. */
  const INSET = /^(as|smaller than) on the map$|^enlarged [\d.]+ ×$|^(gradient|kept|the step)$|^Step \d/;
  const isBelow = (one, other) => INSET.test(one.text) && /^[\d.⁻⁰¹²³⁴⁵⁶⁷⁸⁹×]+$/.test(other.text);

  /** Less than so many pixels of one over another are no fault: letters are smaller than their boxes. */
  const SLACK = 2.5;
  const over = ([l, t, r, b], [ol, ot, or, ob]) =>
    Math.min(r, or) - Math.max(l, ol) > SLACK && Math.min(b, ob) - Math.max(t, ot) > SLACK;

  const twoFrames = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));

  /** All words as they stand now, on canvases anew: these are measured by fonts, and drawn again once fonts come. */
  async function labels() {
    drawn.clear();
    document.fonts.dispatchEvent(new Event("loadingdone"));
    await twoFrames();
    await twoFrames();
    const onMap = [...drawn].filter(([canvas]) => canvas.closest("#map") && shown(canvas)).flatMap(([, all]) => all);
    const inChart = [...document.querySelectorAll("#loss-chart svg text")]
      .filter((text) => text.textContent.trim() && shown(text))
      .map((text) => ({ text: text.textContent, boxes: [boxOf(text)], on: "chart" }));
    return [...onMap, ...inChart];
  }

  window.labelsOver = async () => {
    const all = await labels();
    const buttons = [...document.querySelectorAll("#map .map-zoom button")]
      .filter(shown)
      .map((button) => ({ text: `[${button.ariaLabel}]`, boxes: [boxOf(button)], on: "map" }));
    const found = new Set();
    const pair = (one, other) => one.boxes.some((box) => other.boxes.some((its) => over(box, its)));
    for (const [k, one] of all.entries())
      for (const other of [...all.slice(k + 1), ...buttons])
        if (
          one.on === other.on &&
          !isHalo(one, other) &&
          !isBelow(one, other) &&
          !isBelow(other, one) &&
          pair(one, other)
        )
          found.add(`${one.text} | ${other.text}`);
    return [...found];
  };
  window.labelsDrawn = labels;
})();
