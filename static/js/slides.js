// Moves between screens with the keys that a remote control sends, too.
(() => {
  const slides = [...document.querySelectorAll(".slide")];
  const steps = { ArrowRight: 1, ArrowDown: 1, PageDown: 1, ArrowLeft: -1, ArrowUp: -1, PageUp: -1 };

  const current = () => {
    const middle = innerHeight / 2;
    return Math.max(slides.findIndex((slide) => slide.getBoundingClientRect().bottom > middle), 0);
  };

  addEventListener("keydown", (event) => {
    if (event.key === "Escape") document.querySelector("[data-leave]").click();
    const step = steps[event.key];
    if (!step || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    slides[Math.min(Math.max(current() + step, 0), slides.length - 1)].scrollIntoView();
  });
})();
