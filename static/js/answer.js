// Counts along while somebody answers. The page needs none of this.
const progress = document.querySelector("[data-progress]");
const questions = [...document.querySelectorAll("[data-question]")];

function isAnswered(question) {
  const text = question.querySelector("textarea");
  return text ? text.value.trim() !== "" : question.querySelector("input:checked") !== null;
}

function count() {
  const answered = questions.filter(isAnswered).length;
  progress.querySelector("progress").value = answered;
  progress.querySelector("[data-answered]").textContent = answered;
  progress.hidden = answered === 0;
}

document.querySelector("form").addEventListener("input", count);
count();
