// Puts the questions of an open link into somebody else's page, as high as they need to be.
{
  const own = document.currentScript;
  const address = new URL(`/o/${own.dataset.code}/widget/`, own.src);
  address.searchParams.set("site", location.origin);
  if (own.dataset.lang) address.searchParams.set("lang", own.dataset.lang);
  const frame = document.createElement("iframe");
  Object.assign(frame, { src: address, title: own.dataset.title, referrerPolicy: "no-referrer" });
  Object.assign(frame.style, { inlineSize: "100%", blockSize: "40rem", border: 0 });
  addEventListener("message", ({ source, origin, data }) => {
    if (source === frame.contentWindow && origin === address.origin) frame.style.blockSize = `${Number(data.height)}px`;
  });
  own.after(frame);
}
