/* Says in a sentence what allauth's scripts would write to the console: no passkey here, or none was shown. */
const said = document.querySelector("[data-passkey-trouble]");

if (said && !window.PublicKeyCredential) {
  said.hidden = false;
}

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  if (said) {
    said.hidden = false;
    said.focus();
  }
});

// A button that needs a script appears with it, where the browser knows passkeys.
if (window.PublicKeyCredential) {
  document.querySelectorAll("[data-passkey]").forEach((part) => {
    part.hidden = false;
  });
}
