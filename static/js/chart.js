// Draws every figure: `.plot[data-figure]` names its JSON. Colours and fonts are names of CSS
// variables, read when drawing, so that charts follow light, dark and print.
(() => {
  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
  if (!window.Plotly) return;
  const plain = { displayModeBar: false, responsive: true };

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

  const read = (place) => {
    const source = document.getElementById(place.dataset.figure);
    return resolve(JSON.parse(source.textContent), getComputedStyle(document.documentElement));
  };

  const places = [...document.querySelectorAll(".plot[data-figure]")];
  const draw = () => {
    for (const place of places) {
      const { data, layout } = read(place);
      window.Plotly.react(place, data, layout, plain);
    }
  };

  const keep = (place) => {
    const { data, layout } = read(place);
    const { clientWidth: width, clientHeight: height } = place;
    const paper = resolve("var(--card)", getComputedStyle(document.documentElement));
    const title = { text: place.dataset.title, font: { size: 15 }, x: 0.01, xanchor: "left" };
    const margin = { ...layout.margin, t: 48 };
    const whole = { ...layout, title, margin, width, height: height + 36, paper_bgcolor: paper };
    window.Plotly.downloadImage({ data, layout: whole }, { format: "png", scale: 2, filename: place.id });
  };

  for (const place of places) place.replaceChildren();
  draw();
  for (const button of document.querySelectorAll("[data-png]")) {
    button.hidden = false;
    button.addEventListener("click", () => keep(document.getElementById(button.dataset.png)));
  }
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
  matchMedia("print").addEventListener("change", draw);
})();
