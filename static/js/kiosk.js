// A tablet on the counter: part after part without a trace, and nothing left for the next person.
(() => {
  const IDLE = 20, WARNED = 10, FRESH = 1800; // seconds
  const find = (name) => document.querySelector(`[data-${name}]`);
  const goTo = (address) => location.replace(address);
  const home = find("kiosk")?.dataset.kiosk;
  let last = Date.now(), isTouched = false;

  function touch() {
    last = Date.now();
    find("warning").hidden = isTouched = true;
  }

  function watch() {
    const left = (isTouched ? IDLE : FRESH) - Math.floor((Date.now() - last) / 1000);
    if (left <= 0) goTo(home);
    find("left").textContent = left;
    find("warning").hidden = !isTouched || left > WARNED;
  }

  function show({ title, body, documentElement: { lang, dir } }) {
    document.body.replaceWith(body);
    Object.assign(document.documentElement, { lang, dir });
    document.title = title;
    const goal = document.querySelector("[role=alert], fieldset, [type=submit]");
    goal.tabIndex = -1;
    goal.focus();
  }

  async function send(event) {
    event.preventDefault();
    const { submitter, target } = event;
    const body = new URLSearchParams(new FormData(target));
    if (submitter.name) body.append(submitter.name, submitter.value);
    try {
      const answer = await fetch(location.href, { method: "POST", body });
      if (answer.redirected) goTo(answer.url);
      else show(new DOMParser().parseFromString(await answer.text(), "text/html"));
    } catch {
      find("unsent").hidden = false;
    }
  }

  addEventListener("click", (event) => {
    const link = event.target.closest("[data-leads]");
    if (!link) return;
    event.preventDefault();
    goTo(link.href);
  });
  const next = document.querySelector("[data-after]");
  if (next) setTimeout(() => goTo(next.href), next.dataset.after * 1000);
  if (!home) return;
  addEventListener("submit", send);
  for (const name of ["pointerdown", "keydown", "input", "scroll"]) addEventListener(name, touch);
  setInterval(watch, 1000);
})();
