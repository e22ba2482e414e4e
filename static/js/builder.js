// Says again what has moved, for those who listen.
const said = document.querySelector("[data-said]");
if (said) setTimeout(() => said.append(" "), 300);
