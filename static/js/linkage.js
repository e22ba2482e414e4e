// Draws the figure that the page carries. Colours and fonts are names of CSS variables, read when
// drawing, so that the chart follows light, dark and print.
(() => {
  "use strict";
  const place = document.getElementById("scatter");
  const source = document.getElementById("scatter-figure");
  if (!place || !source || !window.Plotly) return;

  const withAlpha = (colour, alpha) => {
    const [red, green, blue] = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
    return `rgba(${red},${green},${blue},${alpha})`;
  };

  const resolve = (value, style) => {
    if (Array.isArray(value)) return value.map((part) => resolve(part, style));
    if (value && typeof value === "object") {
      return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, resolve(part, style)]));
    }
    const name = typeof value === "string" && value.match(/^var\((--[\w-]+)(?:, ([\d.]+))?\)$/);
    if (!name) return value;
    const read = style.getPropertyValue(name[1]).trim();
    return name[2] ? withAlpha(read, name[2]) : read;
  };

  const draw = () => {
    const figure = resolve(JSON.parse(source.textContent), getComputedStyle(document.documentElement));
    window.Plotly.react(place, figure.data, figure.layout, { displayModeBar: false, responsive: true });
  };

  place.replaceChildren();
  draw();
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
  matchMedia("print").addEventListener("change", draw);
})();
