/** A canvas that fills its parent and is as fine as the screen; drawing is in CSS pixels. */

/**
 * @typedef {object} Layer
 * @property {HTMLCanvasElement} canvas
 * @property {CanvasRenderingContext2D} context
 * @property {(width: number, height: number) => boolean} fit  true where the size has changed
 * @property {() => void} clear
 */

/**
 * @param {Element} parent
 * @param {string} name  class of the canvas
 * @returns {Layer}
 */
export function createLayer(parent, name) {
  const canvas = document.createElement("canvas");
  canvas.className = name;
  canvas.setAttribute("aria-hidden", "true");
  parent.append(canvas);
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  let size = "";
  return {
    canvas,
    context,
    fit(width, height) {
      const ratio = window.devicePixelRatio || 1;
      const wanted = `${width} ${height} ${ratio}`;
      if (wanted === size) return false;
      size = wanted;
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
      canvas.style.width = `${width}px`;
      canvas.style.height = `${height}px`;
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      return true;
    },
    clear() {
      context.save();
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.clearRect(0, 0, canvas.width, canvas.height);
      context.restore();
    },
  };
}
