/** A picture in pixels, fine enough for a projector. */

/** Pixels across, at the least. */
const ACROSS = 1920;

/** @param svg  with its letters in it */
export async function pngOfSvg(svg: string): Promise<Blob> {
  const address = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  try {
    const picture = new Image();
    picture.src = address;
    await picture.decode();
    const fine = Math.max(2, Math.ceil(ACROSS / picture.naturalWidth));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.naturalWidth * fine);
    canvas.height = Math.round(picture.naturalHeight * fine);
    canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve, reject) => canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("the picture is too large for this browser"))), "image/png"));
  } finally {
    URL.revokeObjectURL(address);
  }
}
