// A tablet on the counter: one question at a time, and nothing left for the next person to see.
const IDLE = 20, WARNED = 10, FRESH = 1800, THANKED = 5, STAFF = 60; // seconds
const form = document.querySelector("[data-kiosk]");
const again = document.querySelector("[data-again]");
const find = (name) => document.querySelector(`[data-${name}]`);

if (again) setTimeout(() => location.replace(again.href), THANKED * 1000);
if (find("replace")) setTimeout(() => location.replace(find("replace").href), STAFF * 1000);
for (const link of document.querySelectorAll("[data-again], [data-replace], .k-leave")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    location.replace(link.href);
  });
}
if (form) run();

function run() {
  const restart = () => location.replace(form.dataset.kiosk);
  const questions = [...form.querySelectorAll("[data-question]")];
  const others = [...form.querySelectorAll("fieldset:not([data-question])")];
  let at = Math.max(0, questions.findIndex((one) => one.matches(".bad")));
  let last = Date.now();
  let isTouched = false;

  function show() {
    questions.forEach((one, place) => { one.hidden = place !== at; });
    for (const one of others) one.hidden = one.previousElementSibling.hidden;
    for (const one of document.querySelectorAll("[data-first]")) one.hidden = at > 0;
    find("back").hidden = at === 0;
    find("next").hidden = at === questions.length - 1;
    find("send").hidden = at < questions.length - 1;
  }

  function go(step) {
    at += step;
    show();
    questions[at].tabIndex = -1;
    questions[at].focus();
  }

  function touch() {
    last = Date.now();
    isTouched = true;
    find("warning").hidden = true;
  }

  function watch() {
    const left = (isTouched ? IDLE : FRESH) - Math.floor((Date.now() - last) / 1000);
    if (left <= 0) restart();
    if (!isTouched || left > WARNED) return;
    find("left").textContent = left;
    find("warning").hidden = false;
  }

  async function send(event) {
    event.preventDefault();
    find("send").disabled = true;
    try {
      const answer = await fetch(location.href, { method: "POST", body: new URLSearchParams(new FormData(form)) });
      if (answer.redirected) location.replace(answer.url);
      else form.submit(); // the server has something to say
    } catch {
      find("unsent").hidden = find("send").disabled = false;
    }
  }

  form.reset();
  find("progress")?.remove();
  find("idle").hidden = false;
  show();
  find("back").addEventListener("click", () => go(-1));
  find("next").addEventListener("click", () => go(1));
  form.addEventListener("submit", send);
  for (const name of ["pointerdown", "keydown", "input", "scroll"]) addEventListener(name, touch, { passive: true });
  addEventListener("pageshow", (event) => event.persisted && restart());
  setInterval(watch, 1000);
}
