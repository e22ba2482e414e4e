// Counts along while somebody answers. The page needs none of this.
const progress = document.querySelector("[data-progress]");
const questions = [...document.querySelectorAll("[data-question]")];

const before = Number(progress.dataset.before);
const written = "textarea, select, input[type=text], input[type=date]";

function isAnswered(question) {
  const fields = [...question.querySelectorAll(written)];
  return question.querySelector("input:checked") !== null || fields.some((field) => field.value.trim() !== "");
}

function count() {
  const answered = before + questions.filter(isAnswered).length;
  progress.querySelector("progress").value = answered;
  progress.querySelector("[data-answered]").textContent = answered;
  progress.hidden = answered === 0;
}

progress.closest("form").addEventListener("input", count);
count();
