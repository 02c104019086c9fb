// Above a box in which somebody writes: buttons for its signs, and pasted text keeps its headings, lists and links as such
// signs. What reads pasted text is fetched once somebody is in the box. Without this script there are no buttons, and text
// is pasted plain.
for (const toolbar of document.querySelectorAll("markdown-toolbar")) {
  const box = document.getElementById(toolbar.getAttribute("for"));
  if (!box) continue;
  box.before(toolbar); // before the script of its buttons runs, which would listen twice to one that is moved later
  toolbar.hidden = false;
  let asMarkdown;

  box.addEventListener("focus", async () => ({ asMarkdown } = await import(toolbar.dataset.pasted)), { once: true });
  box.addEventListener("paste", (event) => {
    const data = event.clipboardData;
    const text = data.files.length ? "" : asMarkdown?.(data.getData("text/html"), data.getData("text/plain"));
    if (!text) return;
    event.preventDefault();
    // What is inserted so can be undone; where a browser does not know it, the text is set.
    if (document.execCommand("insertText", false, text)) return;
    box.setRangeText(text, box.selectionStart, box.selectionEnd, "end");
    box.dispatchEvent(new InputEvent("input", { bubbles: true }));
  });
}
