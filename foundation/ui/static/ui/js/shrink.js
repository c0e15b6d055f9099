// A phone's photo is made smaller before it is sent: at most 2,400 px long, as JPEG. What cannot be read is sent as it is.
const LONGEST = 2400;

async function smaller(file) {
  if (!file.type.startsWith("image/")) return file;
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" }).catch(() => null);
  if (!picture) return file;
  const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
  if (scale === 1 && file.size < 1_500_000) return file;
  const canvas = Object.assign(document.createElement("canvas"), {
    width: Math.round(picture.width * scale), height: Math.round(picture.height * scale),
  });
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.86));
  return blob && blob.size < file.size ? new File([blob], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg" }) : file;
}

addEventListener("change", async ({ target }) => {
  if (!target.matches?.("input[type=file][data-shrink]")) return;
  const files = new DataTransfer();
  for (const file of target.files) files.items.add(await smaller(file));
  target.files = files.files;
});
