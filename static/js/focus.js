// What went wrong with a form is read first: its summary takes the focus when the page comes back.
document.querySelector("form[method=post] [data-focus]")?.focus();
