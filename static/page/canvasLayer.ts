/** A canvas that fills its parent and is as fine as the screen; drawing is in CSS pixels. */

interface Layer {
  canvas: HTMLCanvasElement;
  context: CanvasRenderingContext2D;
  /** true where the size has changed */
  fit: (width: number, height: number) => boolean;
  clear: () => void;
}

/** @param name  class of the canvas */
export function createLayer(parent: ParentNode, name: string): Layer {
  const canvas = document.createElement("canvas");
  canvas.className = name;
  canvas.setAttribute("aria-hidden", "true");
  parent.append(canvas);
  const context = canvas.getContext("2d") as CanvasRenderingContext2D;
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
