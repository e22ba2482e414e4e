// Says again what has moved, for those who listen, and counts what is ticked. Nothing needs it.
const said = document.querySelector("[data-said]");
const ticked = document.querySelector("[data-ticked]");

function recount() {
  ticked.hidden = false;
  ticked.lastElementChild.value = document.querySelectorAll("[name=items]:is([type=hidden], :checked)").length;
}

if (said) setTimeout(() => said.append(" "), 300);
if (ticked) {
  recount();
  ticked.closest("form").addEventListener("change", recount);
}
