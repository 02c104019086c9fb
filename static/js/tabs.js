// On a phone tabs are one line that is pushed sideways: the chosen one comes into view. Without this script they begin at
// their first.
for (const chosen of document.querySelectorAll(".tabs [aria-current]")) {
  const line = chosen.closest(".tabs");
  line.scrollLeft = chosen.offsetLeft - line.offsetLeft - (line.clientWidth - chosen.offsetWidth) / 2;
}
