// Counts along while somebody answers, and keeps a draft in this window; the page needs neither.
(() => {
  const path = location.pathname.replace("thanks/", "");
  const key = [...path].reduce((sum, one) => (sum * 31 + one.charCodeAt(0)) | 0, 7); // tells no link
  if ("sent" in document.currentScript.dataset) return sessionStorage.removeItem(key);

  const form = document.querySelector("#answers");
  const progress = form.querySelector("[data-progress]");
  const sets = [...form.querySelectorAll("fieldset")];
  const keeps = "draft" in form.dataset;
  const draft = (keeps && JSON.parse(sessionStorage.getItem(key))) || {};
  const isTick = (field) => /radio|checkbox/.test(field.type);
  const isFilled = (field) => (isTick(field) ? field.checked : field.value.trim());
  const isAnswered = (set) => [...set.elements].some(isFilled);

  function count() {
    const answered = sets.filter((set) => "question" in set.dataset && isAnswered(set)).length;
    const all = Number(progress.dataset.before) + answered;
    progress.querySelector("progress").value = all;
    progress.querySelector("[data-answered]").textContent = all;
    progress.hidden = !all;
  }

  function keep() {
    const data = new FormData(form);
    for (const set of sets) for (const { name } of set.elements) draft[name] = data.getAll(name);
    sessionStorage.setItem(key, JSON.stringify(draft));
  }

  for (const set of sets.filter((one) => !isAnswered(one))) {
    for (const field of set.elements) {
      const values = draft[field.name] || [];
      if (isTick(field)) field.checked = values.includes(field.value);
      else field.value = values[0] || "";
    }
  }
  for (const act of [progress && count, keeps && keep]) if (act) form.addEventListener("input", act);
  if (progress) count();
})();
