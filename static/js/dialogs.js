// A question that unfolds in its place becomes the browser's own dialog. Without this script it simply unfolds.
for (const details of document.querySelectorAll("[data-dialog]")) {
  const paper = details.querySelector(".dialog__paper");
  const dialog = document.createElement("dialog");
  const heading = paper.querySelector("h2, h3");
  heading.id ||= `dialog-${crypto.getRandomValues(new Uint32Array(1))[0]}`;
  dialog.className = paper.className;
  dialog.setAttribute("aria-labelledby", heading.id);
  dialog.append(...paper.childNodes);
  paper.remove();
  details.after(dialog);

  details.querySelector("summary").addEventListener("click", (event) => {
    event.preventDefault();
    dialog.showModal();
  });
  for (const button of dialog.querySelectorAll("[data-close]")) {
    button.hidden = false;
    button.addEventListener("click", () => dialog.close());
  }
  // A press beside the paper is a "not now" too.
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
}
