// Tells the page around a frame, and nobody else, how high the frame has become.
{
  const { site } = document.currentScript.dataset;
  const tell = () => parent.postMessage({ height: document.documentElement.offsetHeight }, site);
  new ResizeObserver(tell).observe(document.documentElement);
}
