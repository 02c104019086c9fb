// Tells the hub that one of the results was opened: which question, never who. Without this script nobody counts it.
const found = document.querySelector("[data-question]");
found?.addEventListener("click", (event) => {
  if (!event.target.closest("a[href]") || event.target.closest("aside")) return;
  navigator.sendBeacon("/search/opened/", new URLSearchParams({ q: found.dataset.question }));
});
