// Counts along while somebody chooses; without it a button counts.
const form = document.querySelector("form[data-live]");
const count = document.getElementById("count");
let waiting = 0;
let asked = 0;

async function recount() {
  const mine = ++asked;
  const choice = new FormData(form);
  choice.delete("csrfmiddlewaretoken");
  const answer = await fetch(`${form.dataset.live}?${new URLSearchParams(choice)}`);
  if (answer.ok && mine === asked) count.innerHTML = await answer.text();
}

form.addEventListener("change", () => {
  clearTimeout(waiting);
  waiting = setTimeout(recount, 300);
});
