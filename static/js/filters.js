// On a wide screen the filters stand open beside the results, and each choice is sent at once.
const wide = window.matchMedia("(min-width: 62rem)");

for (const details of document.querySelectorAll("[data-filters]")) {
  if (wide.matches) details.open = true;
  details.addEventListener("change", (event) => {
    if (wide.matches) event.target.form.requestSubmit();
  });
}
